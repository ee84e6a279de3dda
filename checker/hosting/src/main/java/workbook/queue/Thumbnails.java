package workbook.queue;

import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import workbook.hosting.Arguments;

/**
 * Makes thumbnails: real work that takes real time. Keeps the proportions and never enlarges.
 *
 * @param side the longest side of a thumbnail in pixels, at least 1
 */
public record Thumbnails(int side) implements ImageTransform {

  // Streams in memory: ImageIO's default ones use a file each, which its own shutdown hook closes
  // under the jobs that a graceful stop still finishes.

  // A few bytes of PNG can claim to be a picture of a billion pixels; four bytes of memory for
  // each.
  private static final long MOST_PIXELS = 50_000_000;

  /** Checks the side. */
  public Thumbnails {
    Arguments.atLeast(side, 1, "side");
  }

  /**
   * {@inheritDoc}
   *
   * @throws IOException if the bytes are no image in a format that the JDK reads (PNG, JPEG, GIF,
   *     BMP) or if it has over fifty million pixels
   */
  @Override
  public byte[] apply(byte[] image) throws IOException {
    var original = read(image);
    double scale =
        Math.min(1.0, (double) side / Math.max(original.getWidth(), original.getHeight()));
    int width = Math.max(1, (int) Math.round(original.getWidth() * scale));
    int height = Math.max(1, (int) Math.round(original.getHeight() * scale));
    var thumbnail = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    var graphics = thumbnail.createGraphics();
    try {
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
      graphics.drawImage(original, 0, 0, width, height, null);
    } finally {
      graphics.dispose();
    }
    var bytes = new ByteArrayOutputStream();
    try (var output = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(thumbnail, "png", output);
    }
    return bytes.toByteArray();
  }

  private static BufferedImage read(byte[] image) throws IOException {
    try (var input = new MemoryCacheImageInputStream(new ByteArrayInputStream(image))) {
      var readers = ImageIO.getImageReaders(input);
      if (!readers.hasNext()) {
        throw new IOException("not an image that can be read");
      }
      var reader = readers.next();
      try {
        reader.setInput(input, true, true);
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > MOST_PIXELS) {
          throw new IOException(
              "the image has " + pixels + " pixels, at most " + MOST_PIXELS + " are taken");
        }
        return reader.read(0);
      } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
        throw new IOException("the image is damaged", e);
      } finally {
        reader.dispose();
      }
    }
  }
}
