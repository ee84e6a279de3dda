package workbook.checker;

/** A module of the workbook: a chapter with its exercise and solution. */
public enum WorkbookModule {
  /** Module 01. */
  TIMED("01-timed", "Timed service", 3),
  /** Module 02. */
  QUEUE("02-queue", "Task queue", 3),
  /** Module 03. */
  CLEANUP("03-db-cleanup", "Database cleanup", 3),
  /** Module 04. */
  SHUTDOWN("04-shutdown", "Graceful shutdown", 4),
  /** Module 05. */
  EMAIL("05-email", "Email over SMTP", 4),
  /** Module 06. */
  RECURRING("06-recurring", "Recurring jobs", 3),
  /** Module 07. */
  HEALTH("07-health", "Health", 3),
  /** Module 08. */
  TESTS("08-write-the-tests", "Write the tests", 3);

  private final String folder;
  private final String title;
  private final int steps;

  WorkbookModule(String folder, String title, int steps) {
    this.folder = folder;
    this.title = title;
    this.steps = steps;
  }

  /** How many steps it has: one for each type that the learner writes. */
  public int steps() {
    return steps;
  }

  /**
   * The name of its folder in exercises and solutions, and of its chapter, such as {@code
   * 02-queue}.
   */
  public String folder() {
    return folder;
  }

  /** The chapter's file, as a path from the root of the workbook. */
  public String chapter() {
    return "chapters/" + folder + ".md";
  }

  /** The heading of its report card: number and title. */
  public String heading() {
    return folder.substring(0, 2) + " · " + title;
  }
}
