package workbook.queue;

/** What a job does with an image. */
@FunctionalInterface
public interface ImageTransform {

  /**
   * Makes a new image of an image.
   *
   * @param image an encoded image, not to be changed
   * @return the new image, encoded as PNG
   * @throws Exception if it cannot be done; the message may be shown to whoever sent the image
   */
  byte[] apply(byte[] image) throws Exception;
}
