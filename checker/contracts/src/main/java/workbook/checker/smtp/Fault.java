package workbook.checker.smtp;

/** What a server does in place of its reply. */
public sealed interface Fault {

  /**
   * Says something else.
   *
   * @param line the reply: a code and a text
   */
  record Reply(String line) implements Fault {

    @Override
    public String toString() {
      return "replies " + line;
    }
  }

  /** Says nothing, and keeps the connection; at {@link At#TEXT}, stops reading. */
  record Stall() implements Fault {

    @Override
    public String toString() {
      return "says nothing";
    }
  }

  /** Sends a byte of a reply now and then, for ever. */
  record Drip() implements Fault {

    @Override
    public String toString() {
      return "sends a byte now and then";
    }
  }

  /** Closes the connection without a word. */
  record Drop() implements Fault {

    @Override
    public String toString() {
      return "closes the connection";
    }
  }
}
