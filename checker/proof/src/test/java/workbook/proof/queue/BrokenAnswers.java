package workbook.proof.queue;

import java.util.List;
import workbook.proof.Broken;

/** Handlers that answer wrongly: refusals, headers, connections, ids, what is repeated. */
public final class BrokenAnswers {

  /** The table. */
  public static final List<Broken> ALL =
      List.of(
          BrokenJobsHandlers.HANDLER
              .broken("offered-twice")
              .why("The job is enqueued twice.")
              .change(
                  "if (!queue.enqueue(WorkItem.of(\"job \" + id, _ -> run(id, image)))) {",
"""
queue.enqueue(WorkItem.of("job " + id, _ -> run(id, image)));
    if (!queue.enqueue(WorkItem.of("job " + id, _ -> run(id, image)))) {\
""")
              .fails("2.30", "2.38", "2.40", "2.41", "2.42", "2.43", "2.44", "2.47", "2.52"),
          BrokenJobsHandlers.HANDLER
              .broken("empty-accepted")
              .why("An empty body becomes a job.")
              .change("image.length == 0", "image.length < 0")
              .fails("2.39"),
          BrokenJobsHandlers.HANDLER
              .broken("empty-is-plain-text")
              .why("400 without a problem document.")
              .change(
                  "Replies.problem(exchange, 400, \"the body is empty: send an image\");",
                  "Replies.bytes(exchange, 400, \"text/plain\", \"the body is empty\".getBytes());")
              .fails("2.39"),
          BrokenJobsHandlers.HANDLER
              .broken("length-not-looked-at")
              .why("A body that is announced as too large is read.")
              .change("announcedLength(exchange) > maxBytes", "announcedLength(exchange) < -1")
              .fails("2.40"),
          BrokenJobsHandlers.HANDLER
              .broken("length-is-an-int")
              .why("A length that does not fit an int is not thought of.")
              .change("Long.parseLong(length)", "Integer.parseInt(length)")
              .fails("2.40"),
          BrokenJobsHandlers.HANDLER
              .broken("limit-is-exclusive")
              .why("A body of exactly maxBytes is refused.")
              .change(
                  "announcedLength(exchange) > maxBytes", "announcedLength(exchange) >= maxBytes")
              .fails("2.40"),
          BrokenJobsHandlers.HANDLER
              .broken("chunks-read-to-the-end")
              .why("All of a body in chunks is read before its length is looked at.")
              .change(
"""
    var image = body.readNBytes(maxBytes);
    if (body.read() != -1) {\
""",
"""
    var image = body.readAllBytes();
    if (image.length > maxBytes) {\
""")
              .fails("2.41"),
          BrokenJobsHandlers.HANDLER
              .broken("chunks-cut-off")
              .why("A body in chunks is cut off at the limit and taken.")
              .change("if (body.read() != -1) {", "if (image.length > maxBytes) {")
              .fails("2.41"),
          BrokenJobsHandlers.HANDLER
              .broken("chunks-one-more")
              .why("Of a body in chunks, one byte more than maxBytes is taken.")
              .change(
                  "body.readNBytes(maxBytes)", "body.readNBytes(Math.max(maxBytes, maxBytes + 1))")
              .fails("2.41"),
          BrokenJobsHandlers.HANDLER
              .broken("any-image")
              .why("Whatever begins with image/ is taken.")
              .change(
                  "!IMAGES.contains(mediaType(exchange))",
                  "!mediaType(exchange).startsWith(\"image/\")")
              .fails("2.42"),
          BrokenJobsHandlers.HANDLER
              .broken("parameters-refused")
              .why("A content type with parameters is refused.")
              .change("contentType.split(\";\")[0]", "contentType")
              .fails("2.42"),
          BrokenJobsHandlers.HANDLER
              .broken("type-required-not")
              .why("A missing content type counts as an image.")
              .change("contentType == null ? \"\"", "contentType == null ? \"image/png\"")
              .fails("2.42"),
          BrokenJobsHandlers.HANDLER
              .broken("type-npe")
              .why("A missing content type is a NullPointerException.")
              .change("contentType == null ? \"\"", "contentType.isEmpty() ? \"\"")
              .fails("2.42"),
          BrokenJobsHandlers.HANDLER
              .broken("prefix-matches")
              .why("/jobs and an id without a slash between is taken for the job.")
              .change(
                  "Pattern.compile(\"/jobs/([^/]+)(/result)?\")",
                  "Pattern.compile(\"/jobs/?([^/]+)(/result)?\")")
              .fails("2.43"),
          BrokenJobsHandlers.HANDLER
              .broken("all-handlers-share-the-jobs")
              .why("The jobs are kept in a static field.")
              .change(
                  "private final ConcurrentMap<String, JobState> jobs",
                  "private static final ConcurrentMap<String, JobState> jobs")
              .fails("2.43"),
          BrokenJobsHandlers.HANDLER
              .broken("looking-at")
              .why("Whatever follows a known path is not looked at.")
              .change("matcher.matches()", "matcher.lookingAt()")
              .fails("2.43", "2.51"),
          BrokenJobsHandlers.HANDLER
              .broken("post-anywhere")
              .why("Whatever begins with /jobs is taken for it.")
              .change(
                  "if (path.equals(\"/jobs\")) {",
                  "if (path.equals(\"/jobs\") || !path.startsWith(\"/jobs/\")) {")
              .fails("2.43", "2.51"),
          BrokenJobsHandlers.HANDLER
              .broken("no-allow")
              .why("405 without Allow.")
              .change(
"""
    exchange.getResponseHeaders().set("Allow", method);
""",
                  "")
              .fails("2.44"),
          BrokenJobsHandlers.HANDLER
              .broken("deleting-looks-like-getting")
              .why("DELETE is taken for the method that is allowed.")
              .change(
                  "if (exchange.getRequestMethod().equals(method)) {",
                  "if (List.of(method, \"DELETE\").contains(exchange.getRequestMethod())) {")
              .change(
                  "import java.util.Locale;", "import java.util.List;\nimport java.util.Locale;")
              .fails("2.44"),
          BrokenJobsHandlers.HANDLER
              .broken("any-method")
              .why("A job answers any method.")
              .change("} else if (isAllowed(\"GET\", exchange)) {", "} else {")
              .fails("2.44"),
          BrokenJobsHandlers.HANDLER
              .broken("chunked-202")
              .why("The empty answer is sent in chunks.")
              .change(
                  "exchange.sendResponseHeaders(202, -1)", "exchange.sendResponseHeaders(202, 0)")
              .fails("2.45"),
          BrokenJobsHandlers.HANDLER
              .broken("never-closed")
              .why("The exchange is not closed: only an answer without a body does that by itself.")
              .change("    try (exchange) {", "    {")
              .hangs()
              .fails("2.45", "2.46"),
          BrokenJobsHandlers.HANDLER
              .broken("connection-close")
              .why("The connection is closed after a refusal.")
              .change(
                  "      Replies.problem(exchange, 415,",
"""
      exchange.getResponseHeaders().set("Connection", "close");
      Replies.problem(exchange, 415,\
""")
              .fails("2.46"),
          BrokenJobsHandlers.HANDLER
              .broken("one-upload-at-a-time")
              .why("A lock is held while a body is read.")
              .change("private void create(", "private synchronized void create(")
              .hangs()
              .fails("2.47"),
          BrokenJobsHandlers.HANDLER
              .broken("half-a-body")
              .why("What came before the body broke off is taken for it.")
              .change(
"""
    var image = body.readNBytes(maxBytes);
    if (body.read() != -1) {\
""",
"""
    var bytes = new java.io.ByteArrayOutputStream();
    try {
      for (int b = body.read(); b != -1 && bytes.size() <= maxBytes; b = body.read()) {
        bytes.write(b);
      }
    } catch (IOException e) {
      log.warn("the body broke off after {} bytes", bytes.size());
    }
    var image = bytes.toByteArray();
    if (image.length > maxBytes) {\
""")
              .fails("2.48"),
          BrokenJobsHandlers.HANDLER
              .broken("id-counter")
              .why("Ids are counted.")
              .change("UUID.randomUUID().toString()", "String.valueOf(jobs.size() + 1)")
              .fails("2.49"),
          BrokenJobsHandlers.HANDLER
              .broken("id-clock")
              .why("Ids come from the clock.")
              .change("UUID.randomUUID().toString()", "Long.toHexString(System.nanoTime())")
              .fails("2.49"),
          BrokenJobsHandlers.HANDLER
              .broken("id-from-image")
              .why("Ids are made from the image.")
              .change("UUID.randomUUID().toString()", "UUID.nameUUIDFromBytes(image).toString()")
              .fails("2.49"),
          BrokenJobsHandlers.HANDLER
              .broken("id-hash-of-counter")
              .why("Ids are a hash of a counter.")
              .change(
                  "UUID.randomUUID().toString()",
                  "UUID.nameUUIDFromBytes(new byte[] {(byte) jobs.size()}).toString()")
              .fails("2.49"),
          BrokenJobsHandlers.HANDLER
              .broken("id-64-bits")
              .why("Ids are one long of a Random.")
              .change(
                  "UUID.randomUUID().toString()",
                  "Long.toHexString(new java.util.Random().nextLong())")
              .fails("2.49"),
          BrokenJobsHandlers.HANDLER
              .broken("path-logged")
              .why("The decoded path is logged.")
              .change(
                  "    try (exchange) {",
"""
    log.info("{} {}", exchange.getRequestMethod(), exchange.getRequestURI().getPath());
    try (exchange) {\
""")
              .fails("2.50"),
          BrokenJobsHandlers.HANDLER
              .broken("type-logged")
              .why("A header is logged as it is.")
              .change(
                  "      Replies.problem(exchange, 415,",
"""
      log.debug("refused: {}", exchange.getRequestHeaders().getFirst("Content-Type"));
      Replies.problem(exchange, 415,\
""")
              .fails("2.50"),
          BrokenJobsHandlers.HANDLER
              .broken("image-logged")
              .why("The image is logged, as if it were a text.")
              .change(
                  "log.info(\"job {} accepted, {} bytes\", id, image.length);",
                  "log.info(\"job {} accepted, {}\", id, new String(image));")
              .fails("2.50"),
          BrokenJobsHandlers.HANDLER
              .broken("item-named-by-request")
              .why("The item is named after something in the request.")
              .change(
                  "WorkItem.of(\"job \" + id,",
                  "WorkItem.of(\"job \" + exchange.getRequestHeaders().getFirst(\"User-Agent\"),")
              .fails("2.50"),
          BrokenJobsHandlers.HANDLER
              .broken("path-repeated")
              .why("A problem repeats the path, markup and all.")
              .change(
                  "\"there is no such job\")",
                  "\"there is no \" + exchange.getRequestURI().getPath())")
              .fails("2.51"),
          BrokenJobsHandlers.HANDLER
              .broken("json-by-hand")
              .why("JSON is put together by hand.")
              .change(
                  "Replies.problem(exchange, 404, \"there is no such job\");",
"""
var problem = "{\\"status\\":404,\\"detail\\":\\"no " + exchange.getRequestURI().getPath() + "\\"}";
        Replies.bytes(exchange, 404, "application/problem+json", problem.getBytes());\
""")
              .fails("2.51"),
          BrokenJobsHandlers.HANDLER
              .broken("no-least-limit")
              .why("MaxBytes is not checked.")
              .change("Arguments.atLeast(maxBytes, 1, \"maxBytes\")", "maxBytes")
              .fails("2.53"),
          BrokenJobsHandlers.HANDLER
              .broken("null-transform")
              .why("A transform of null is accepted.")
              .change("Objects.requireNonNull(transform, \"transform\")", "transform")
              .fails("2.53"));

  private BrokenAnswers() {}
}
