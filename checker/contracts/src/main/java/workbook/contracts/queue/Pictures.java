package workbook.contracts.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import workbook.checker.Trial;
import workbook.queue.Thumbnails;

/** A handler and the transform that Main gives it. */
final class Pictures {

  private Pictures() {}

  static void thumbnail(Trial trial, JobsHandlerContract contract) throws IOException {
    trial.setUp("a PNG of 120 x 60 pixels; thumbnails of 40 pixels; then bytes that are no image");
    var picture = new BufferedImage(120, 60, BufferedImage.TYPE_INT_RGB);
    IntStream.range(0, 120)
        .forEach(
            x -> IntStream.range(0, 60).forEach(y -> picture.setRGB(x, y, Color.ORANGE.getRGB())));
    var png = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", png);
    var bench = HandlerBench.of(trial, contract, new Thumbnails(40), 1_000_000);
    var job = bench.job(png.toByteArray());
    bench.workToTheEnd(0);
    bench.expectStatus("when the worker has ended", job, "succeeded");
    var answer = bench.get(job + "/result");
    var thumbnail = ImageIO.read(new ByteArrayInputStream(answer.body()));
    trial.expectThat(
        "the result is an image", thumbnail != null, answer.status() + " and no image");
    trial.expect(
        "a thumbnail of 40 x 20 pixels",
        thumbnail.getWidth() + " x " + thumbnail.getHeight(),
        "40 x 20");
    var bad = bench.job("GIF89a or so".getBytes(UTF_8));
    var worker = bench.work(1);
    trial.expectSoon("the second item ends", worker::isDone, () -> "it still runs");
    bench.expectStatus("after bytes that are no image", bad, "failed");
  }
}
