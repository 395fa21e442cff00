import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { PROBLEM_EXAMPLES, type ProblemStatus } from './problem-examples.js';
import { ProblemDto } from './problem.dto.js';

/** Documents the problems a call can answer with, each with an example. */
export function ApiProblems(...statuses: readonly ProblemStatus[]): MethodDecorator & ClassDecorator {
  return applyDecorators(ApiExtraModels(ProblemDto), ...statuses.map(problemResponse));
}

function problemResponse(status: ProblemStatus): MethodDecorator & ClassDecorator {
  const { description, example } = PROBLEM_EXAMPLES[status];
  return ApiResponse({
    status,
    description,
    content: { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemDto) }, example } },
  });
}
