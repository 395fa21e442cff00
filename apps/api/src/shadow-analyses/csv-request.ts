import { badRequest } from '../problems.js';
import { validated } from '../validation/dto.pipe.js';
import { FieldFaults } from '../what-if/field-faults.js';
import { filePositions } from './position-file.js';
import { type ShadowAnalysisQueryDto, ShadowAnalysisRequestDto } from './shadow-analysis.dto.js';

/**
 * The request a body stands for. Positions as CSV say nothing of the account or of the days: the query does, and is
 * judged as the members of the JSON form are, under their pointers.
 * @throws Problem 400 with every wrong field or line.
 */
export async function analysisRequest(
  contentType: string,
  body: unknown,
  query: ShadowAnalysisQueryDto,
): Promise<ShadowAnalysisRequestDto> {
  if (!/^text\/csv/i.test(contentType)) {
    refuseQuery(query);
    return validated(ShadowAnalysisRequestDto, body);
  }
  const faults = new FieldFaults();
  const positions = filePositions(body as string, query.account, faults);
  faults.throwIfAny();
  const { cash, name, type, snapshotIds, dates, feed, equityTier, allowPartial } = query;
  const request = {
    account: given({ cash, name, type }),
    positions,
    ...given({ snapshotIds: snapshotIds?.split(','), dates: dates?.split(','), feed, equityTier }),
    ...(allowPartial !== undefined && { allowPartial: allowPartial === 'true' }),
  };
  return validated(ShadowAnalysisRequestDto, request);
}

/** Two places to say one thing are two things to contradict each other. */
function refuseQuery(query: ShadowAnalysisQueryDto): void {
  const names = Object.keys(given({ ...query }));
  if (names.length === 0) return;
  const detail = 'With a JSON body everything is in the body; the query goes with text/csv.';
  const code = 'query.with_json';
  throw badRequest(
    code,
    detail,
    names.map((name) => ({ pointer: `/${name}`, code, detail })),
  );
}

function given(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
