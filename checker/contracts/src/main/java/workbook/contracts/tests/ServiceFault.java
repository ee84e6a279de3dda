package workbook.contracts.tests;

/** What may be wrong with a service: one thing at a time. {@link FaultyService} has it. */
enum ServiceFault {
  FIRST_AT_ONCE("does its work as soon as it is started"),
  FROM_ITS_CREATION("counts its periods from its creation"),
  WALL_CLOCK("counts its periods by the wall clock"),
  FIXED_DELAY("waits a whole period after each run"),
  CATCHES_UP("makes up for each period that a long run took"),
  DROPS_WHAT_IS_LATE("leaves out what fell due during a run"),
  NEW_GRID("begins a new grid with a late run"),
  OVERLAPS("begins a run while another is in progress"),
  STARTS_TWICE("can be started twice"),
  STARTS_AGAIN("can be started again after it was stopped"),
  EARLY_STOP_COUNTS("never works when stop was called before start"),
  EXCEPTION_ENDS_IT("ends by an exception of its work"),
  CHECKED_ENDS_IT("survives unchecked exceptions of its work only"),
  FAILURE_UNHEARD("keeps an exception of its work to itself"),
  RETRIES("does its work again at once when it has failed"),
  OWN_INTERRUPT_ENDS_IT("ends by an InterruptedException of its work"),
  FLAG_ENDS_IT("ends by an interrupt flag that its work leaves"),
  LISTENER_ENDS_IT("ends by an exception of its listener"),
  ERROR_SURVIVED("goes on after an Error of its work"),
  ERROR_UNSEEN("completes normally after an Error of its work"),
  TOKEN_NOT_CANCELLED("does not cancel the token of its work"),
  STOP_SLEEPS_ON("sleeps on when it is stopped"),
  STOP_DOES_NOT_WAIT("returns from stop while a run is in progress"),
  STOP_INTERRUPTS("interrupts the run as soon as it is stopped"),
  ONE_MORE_RUN("begins a late run after it was stopped"),
  WAITS_FOR_EVER("waits for a run beyond the deadline"),
  GIVES_UP_SILENTLY("returns from stop normally at the deadline"),
  NOT_FORCED("does not interrupt the run at the deadline"),
  FORCED_IS_A_FAILURE("fails its completion after a forced end"),
  SECOND_STOP_RETURNS("returns from a second stop during a run"),
  STOP_HOLDS_A_LOCK("holds a second stop beyond its own deadline"),
  INTERRUPT_SWALLOWED("ignores an interrupt of the caller of stop");

  private final String why;

  ServiceFault(String why) {
    this.why = why;
  }

  /** What it does, as in "a service that …". */
  String why() {
    return why;
  }
}
