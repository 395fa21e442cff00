/** An exchange date, `YYYY-MM-DD`. */
export type CalendarDate = string;
