import loadHighs, { type Highs, type Model, type ModelData } from 'highs';
import type { IntegerProgram, ProgramSolution, ProgramSolver } from './integer-program.js';

/** Costs are dollars and rounded to the cent in the end: a tenth of a cent is no difference. */
const ABSOLUTE_GAP_DOLLARS = 0.001;

/**
 * Loads the HiGHS solver, compiled to WebAssembly: the one effect of this room, done once when a process starts. What
 * it gives is pure but for the time limit.
 */
export async function loadProgramSolver(): Promise<ProgramSolver> {
  let highs = await loadHighs();
  /** An abort in WebAssembly leaves the module unusable: a fresh one serves the next question, this one has no answer. */
  const replace = (): void => {
    // Where even that fails, the next question fails as this one did and asks again.
    loadHighs().then(
      (fresh) => (highs = fresh),
      () => undefined,
    );
  };
  return {
    solve(program, start, seconds) {
      // Nothing to decide.
      if (program.cost.length === 0) return { values: [], bound: program.offset };
      try {
        return highs.withModel(modelData(program), (model) => solution(model, program, start, seconds, highs));
      } catch {
        replace();
        return { values: null, bound: -Infinity };
      }
    },
  };
}

function solution(
  model: Model,
  { isWhole }: IntegerProgram,
  start: readonly number[],
  seconds: number,
  { constants }: Highs,
): ProgramSolution {
  model.options.set({
    output_flag: false,
    time_limit: seconds,
    mip_rel_gap: 0,
    mip_abs_gap: ABSOLUTE_GAP_DOLLARS,
    // Never on: HiGHS 1.15's presolve of integer programs takes some of these for infeasible, and gives others a worse
    // optimum with a bound that seems to prove it.
    presolve: 'off',
    // The greedy start is better than what these find, in more time than the solution takes.
    mip_heuristic_run_feasibility_jump: false,
    mip_detect_symmetry: false,
    // Its default, stated: the same program takes the same path.
    random_seed: 0,
  });
  model.setSolution({ colValue: start });
  model.run();
  const status = model.getModelStatus();
  const { optimal, timeLimit } = constants.modelStatus;
  if (status !== optimal && status !== timeLimit) return { values: null, bound: -Infinity };
  const found = Number(model.info.get('primal_solution_status')) === constants.solutionStatus.feasible;
  return {
    values: found ? [...model.getSolution().colValue] : null,
    // Without whole columns it is a linear program: its optimum is its bound.
    bound: isWhole.includes(true) ? Number(model.info.get('mip_dual_bound')) : model.getObjectiveValue(),
  };
}

function modelData({ offset, cost, upper, isWhole, rows }: IntegerProgram): ModelData {
  const starts = [0];
  for (const { indices } of rows) starts.push(starts[starts.length - 1] + indices.length);
  return {
    numCols: cost.length,
    numRows: rows.length,
    offset,
    colCost: cost,
    colLower: cost.map(() => 0),
    colUpper: upper,
    rowLower: rows.map(({ lower }) => lower),
    rowUpper: rows.map((row) => row.upper),
    matrix: {
      format: 'csr',
      numRows: rows.length,
      numCols: cost.length,
      starts,
      indices: rows.flatMap(({ indices }) => indices),
      values: rows.flatMap(({ values }) => values),
    },
    ...(isWhole.includes(true) && { integrality: isWhole.map((each) => (each ? 1 : 0)) }),
  };
}
