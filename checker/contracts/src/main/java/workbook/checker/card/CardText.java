package workbook.checker.card;

import java.util.List;

/**
 * The text of a card: plain, and no wider than 76 columns. It ends with what to do next.
 *
 * <p>The short one has at most 39 lines, one less than the smallest of screens, unless a hint is
 * asked for that is longer than the room.
 */
public final class CardText {

  private CardText() {}

  /** What fits on a screen, with the first broken rule in full. */
  public static String of(Card card) {
    return of(card, hints(card));
  }

  /** The same with hints that may have been climbed. */
  public static String of(Card card, Hints hints) {
    return "\n" + ShortCard.of(card, hints);
  }

  /** All that is known. */
  public static String full(Card card) {
    return full(card, hints(card));
  }

  /** The same with hints that may have been climbed. */
  public static String full(Card card, Hints hints) {
    return "\n" + FullCard.of(card, hints);
  }

  /** The learner's own tests that failed, where nothing was graded. */
  public static String ofOwnTests(List<String> failures) {
    return "\n" + Parts.ownTests(failures, Integer.MAX_VALUE);
  }

  private static Hints hints(Card card) {
    return WorkbookFolder.root().map(root -> Hints.of(root, card)).orElseGet(Hints::none);
  }
}
