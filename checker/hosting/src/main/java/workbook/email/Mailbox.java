package workbook.email;

import java.util.Objects;

/**
 * Who sends or gets a mail. The parts are as somebody has typed them: whether the address is one,
 * and whether the name is fit for a header, is for the {@link EmailService} to find out.
 *
 * @param name the name to show beside the address, in any script; empty if there is none
 * @param address the address, such as {@code ann@example.com}
 */
public record Mailbox(String name, String address) {

  /** Checks for null, and for nothing else. */
  public Mailbox {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(address, "address");
  }

  /**
   * A mailbox without a name.
   *
   * @param address the address
   * @return the mailbox
   */
  public static Mailbox of(String address) {
    return new Mailbox("", address);
  }

  /** Neither name nor address, since texts like this one end up in logs. */
  @Override
  public String toString() {
    return "(a mailbox)";
  }
}
