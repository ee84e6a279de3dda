package workbook.contracts.tests;

/** What may be wrong with a queue: one thing at a time. {@link FaultyQueue} has it. */
enum QueueFault {
  LAST_FIRST("gives the last item first"),
  SORTED("gives its items in the order of their names"),
  SECOND_LOST("accepts every second item and loses it"),
  KEEPS_WHAT_IT_GIVES("gives an item and keeps it"),
  ONE_TOO_MANY("accepts one item more than its capacity"),
  ONE_TOO_FEW("accepts one item less than its capacity"),
  DROPS_THE_OLDEST("drops the oldest item to make room"),
  ACCEPTS_AND_DROPS("says yes to an item that does not fit, and drops it"),
  WAITS_WHEN_FULL("waits for room instead of refusing"),
  THROWS_WHEN_FULL("throws an exception when it is full"),
  NEVER_HAS_ROOM_AGAIN("counts what ever came, so that taking an item makes no room"),
  DOES_NOT_WAIT("answers a taker at once that it is empty"),
  WAKES_NOBODY("does not wake a taker when an item comes"),
  WAKES_ONCE("wakes a taker for its first item only"),
  CANCEL_NOT_HEARD("does not wake a taker that is cancelled"),
  CANCEL_ENDS_ALL("ends the wait of every taker when one is cancelled"),
  CANCEL_CLOSES("is closed by a cancelled taker"),
  ITEM_WINS("gives an item to a taker that was cancelled before it asked"),
  INTERRUPT_IGNORED("goes on waiting when its taker is interrupted"),
  INTERRUPT_IS_THE_END("answers an interrupted taker that nothing will come"),
  INTERRUPT_FLAG_SET("leaves the flag of an interrupted taker set"),
  INTERRUPT_HIDDEN("does not notice an earlier interrupt when there is an item"),
  PRODUCER_REFUSED("refuses an item of a thread that is interrupted"),
  CLOSE_CLEARS("drops what is in it when it is closed"),
  ACCEPTS_AFTER_CLOSE("accepts an item after it was closed"),
  CLOSE_WAKES_NOBODY("does not wake its takers when it is closed"),
  CLOSE_WAKES_ONE("wakes one of its takers when it is closed"),
  CLOSE_TWICE_THROWS("throws an exception when it is closed twice"),
  NULL_IS_REFUSED("answers false to a null item instead of throwing"),
  ANY_CAPACITY("takes a capacity of 0");

  private final String why;

  QueueFault(String why) {
    this.why = why;
  }

  /** What it does, as in "a queue that …". */
  String why() {
    return why;
  }
}
