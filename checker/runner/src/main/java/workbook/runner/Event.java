package workbook.runner;

import workbook.runner.Messages.Answer;

/** What a watch has to do something about. */
sealed interface Event {

  /** A source has been saved. */
  record Saved(Sources sources) implements Event {}

  /** A key was pressed; Enter is a new line. */
  record Key(char key) implements Event {}

  /** Nobody will press a key any more. */
  record InputClosed() implements Event {}

  /** A JVM that runs rules has something to say. */
  record Answered(WorkerProcess by, Answer answer) implements Event {}
}
