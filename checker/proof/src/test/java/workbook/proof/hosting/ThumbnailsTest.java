package workbook.proof.hosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import workbook.queue.Thumbnails;

class ThumbnailsTest {

  @ParameterizedTest
  @CsvSource({
    "400, 200, 100, 50",
    "200, 400, 50, 100",
    "60, 40, 60, 40",
    "1000, 1, 100, 1",
    "100, 100, 100, 100"
  })
  void proportionsAreKeptAndNothingIsEnlarged(int width, int height, int toWidth, int toHeight)
      throws IOException {
    var bytes = new Thumbnails(100).apply(png(width, height));
    var thumbnail = ImageIO.read(new ByteArrayInputStream(bytes));
    assertThat(thumbnail.getWidth()).isEqualTo(toWidth);
    assertThat(thumbnail.getHeight()).isEqualTo(toHeight);
  }

  @Test
  void whatIsNoImageIsSaidToBeNone() throws IOException {
    var thumbnails = new Thumbnails(100);
    assertThatThrownBy(() -> thumbnails.apply("hello".getBytes()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not an image");
    var cut = Arrays.copyOf(png(100, 100), 40);
    assertThatThrownBy(() -> thumbnails.apply(cut)).isInstanceOf(IOException.class);
  }

  @Test
  void anImageThatClaimsToBeHugeIsRefusedBeforeItIsRead() throws IOException {
    assertThatThrownBy(() -> new Thumbnails(100).apply(claiming(100_000, 100_000)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("10000000000 pixels");
  }

  @Test
  void aSideBelowOneIsRefused() {
    assertThatThrownBy(() -> new Thumbnails(0))
        .hasMessageContaining("side")
        .hasMessageContaining("0");
  }

  private static byte[] png(int width, int height) throws IOException {
    var bytes = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", bytes);
    return bytes.toByteArray();
  }

  /** A small PNG whose header, with a right checksum, claims to be large. */
  private static byte[] claiming(int width, int height) throws IOException {
    var png = png(1, 1);
    ByteBuffer.wrap(png).putInt(16, width).putInt(20, height);
    var checksum = new CRC32();
    checksum.update(png, 12, 17);
    ByteBuffer.wrap(png).putInt(29, (int) checksum.getValue());
    return png;
  }
}
