package workbook.queue;

/** What has become of a job so far. Given. */
sealed interface JobState {

  /** Accepted by the queue, or just about to be. */
  record Queued() implements JobState {}

  /** A worker runs it. */
  record Running() implements JobState {}

  /**
   * Done.
   *
   * @param result the new image, encoded as PNG
   */
  record Succeeded(byte[] result) implements JobState {}

  /**
   * Ended without a result.
   *
   * @param reason why, in words for whoever sent the image
   */
  record Failed(String reason) implements JobState {}
}
