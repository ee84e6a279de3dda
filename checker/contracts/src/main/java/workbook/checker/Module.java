package workbook.checker;

/** A module of the workbook: a chapter with its exercise and solution. */
public enum Module {
  /** Module 01. */
  TIMED("01-timed", "Timed service"),
  /** Module 02. */
  QUEUE("02-queue", "Task queue");

  private final String folder;
  private final String title;

  Module(String folder, String title) {
    this.folder = folder;
    this.title = title;
  }

  /**
   * The name of its folder in exercises and solutions, and of its chapter.
   *
   * @return for example {@code 02-queue}
   */
  public String folder() {
    return folder;
  }

  /**
   * The chapter's file.
   *
   * @return its path from the root of the workbook
   */
  public String chapter() {
    return "chapters/" + folder + ".md";
  }

  /**
   * The heading of its report card.
   *
   * @return number and title
   */
  public String heading() {
    return folder.substring(0, 2) + " · " + title;
  }
}
