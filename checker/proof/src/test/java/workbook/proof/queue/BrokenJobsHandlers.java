package workbook.proof.queue;

import java.util.List;
import workbook.checker.WorkbookModule;
import workbook.proof.Broken;
import workbook.proof.Broken.Table;

/** Handlers that do wrong by a job: before, while or after it is done. */
public final class BrokenJobsHandlers {

  static final Table HANDLER = new Table(WorkbookModule.QUEUE, "JobsHandler");

  /** The table. */
  public static final List<Broken> ALL =
      List.of(
          HANDLER
              .broken("answer-before-enqueue")
              .why("202 is sent before the queue was asked.")
              .change(
"""
    jobs.put(id, new JobState.Queued()); // first: a worker may be at it before enqueue returns
""",
"""
    jobs.put(id, new JobState.Queued()); // first: a worker may be at it before enqueue returns
    exchange.getResponseHeaders().set("Location", "/jobs/" + id);
    exchange.sendResponseHeaders(202, -1);
    if (id != null) {
      queue.enqueue(WorkItem.of("job " + id, _ -> run(id, image)));
      return;
    }
""")
              .fails("2.30", "2.31"),
          HANDLER
              .broken("works-in-the-request")
              .why("The work is done in the request, to see whether it can be.")
              .change(
                  "if (!queue.enqueue(WorkItem.of(\"job \" + id, _ -> run(id, image)))) {",
"""
try {
      transform.apply(image);
    } catch (Exception e) {
      Replies.problem(exchange, 400, "not an image that can be transformed");
      return;
    }
    if (!queue.enqueue(WorkItem.of("job " + id, _ -> run(id, image)))) {\
""")
              .hangs()
              .fails("2.30", "2.33", "2.35", "2.36", "2.37", "2.38", "2.52"),
          HANDLER
              .broken("result-of-enqueue-ignored")
              .why("What enqueue answers is not looked at.")
              .change(
                  "if (!queue.enqueue(WorkItem.of(\"job \" + id, _ -> run(id, image)))) {",
"""
queue.enqueue(WorkItem.of("job " + id, _ -> run(id, image)));
    if (image.length > maxBytes) {\
""")
              .fails("2.31"),
          HANDLER
              .broken("refused-job-stays")
              .why("A job that the queue refused stays registered.")
              .change(
"""
      jobs.remove(id);
""",
                  "")
              .fails("2.31"),
          HANDLER
              .broken("no-retry-after")
              .why("503 without Retry-After.")
              .change(
"""
      exchange.getResponseHeaders().set("Retry-After", RETRY_AFTER_SECONDS);
""",
                  "")
              .fails("2.31"),
          HANDLER
              .broken("registered-after-enqueue")
              .why(
                  "The job is registered as queued after enqueue, over what a fast worker has"
                      + " done.")
              .change(
"""
    log.info("job {} accepted, {} bytes", id, image.length);
""",
"""
    jobs.put(id, new JobState.Queued());
    log.info("job {} accepted, {} bytes", id, image.length);
""")
              .fails("2.32"),
          HANDLER
              .broken("registered-after-answer")
              .why("The job is registered after its 202 was sent.")
              .change(
"""
  private void enqueue(HttpExchange exchange, byte[] image) throws IOException {
    var id = UUID.randomUUID().toString();
    jobs.put(id, new JobState.Queued()); // first: a worker may be at it before enqueue returns
""",
"""
  private void enqueue(HttpExchange exchange, byte[] image) throws IOException {
    var id = UUID.randomUUID().toString();
    send(id, exchange, image);
    jobs.put(id, new JobState.Queued());
  }

  private void send(String id, HttpExchange exchange, byte[] image) throws IOException {
""")
              .fails("2.30", "2.31", "2.32"),
          HANDLER
              .broken("never-running")
              .why("The state is not changed when the work begins.")
              .change(
"""
    jobs.put(id, new JobState.Running());
""",
                  "")
              .fails("2.33"),
          HANDLER
              .broken("no-result-link")
              .why("The status of a job that succeeded has no link.")
              .change(
"""
        members.put("result", "/jobs/" + id + "/result");
""",
                  "")
              .fails("2.33"),
          HANDLER
              .broken("wrong-id")
              .why("The status tells another id.")
              .change("    members.put(\"id\", id);", "    members.put(\"id\", \"1\");")
              .fails("2.33"),
          HANDLER
              .broken("result-as-text")
              .why("Bytes become text and bytes again.")
              .change("\"image/png\", result);", "\"image/png\", new String(result).getBytes());")
              .fails("2.34", "2.52"),
          HANDLER
              .broken("result-type")
              .why("The result is sent with the wrong content type.")
              .change(
                  "Replies.bytes(exchange, 200, \"image/png\", result)",
                  "Replies.bytes(exchange, 200, \"image/jpeg\", result)")
              .fails("2.34"),
          HANDLER
              .broken("errors-not-caught")
              .why("An Error leaves the job running for ever.")
              .change("    } catch (Throwable e) {", "    } catch (Exception e) {")
              .fails("2.35"),
          HANDLER
              .broken("reason-null")
              .why("An exception without a message has null as the reason.")
              .change(
                  "e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()",
                  "e.getMessage()")
              .fails("2.35", "2.36"),
          HANDLER
              .broken("reason-with-the-stack")
              .why("Whoever sent the image gets the stack trace as the reason.")
              .change(
                  "      jobs.put(id, new JobState.Failed(reason));\n",
"""
      var stack = new java.io.StringWriter();
      e.printStackTrace(new java.io.PrintWriter(stack));
      jobs.put(id, new JobState.Failed(reason + "\\n" + stack));
""")
              .fails("2.35"),
          HANDLER
              .broken("failure-swallowed")
              .why("The exception ends in the job, nobody logs it, and an interrupt is lost.")
              .change(
"""
      throw e;
""",
                  "")
              .fails("2.35", "2.36"),
          HANDLER
              .broken("interrupt-swallowed")
              .why("An interrupt of the worker is lost.")
              .change(
"""
      throw e;
""",
"""
      if (!(e instanceof InterruptedException)) {
        throw e;
      }
""")
              .fails("2.36"),
          HANDLER
              .broken("interrupt-not-failed")
              .why("A job that was interrupted stays running for ever.")
              .change(
                  "    } catch (Throwable e) {",
"""
    } catch (InterruptedException e) {
      throw e;
    } catch (Throwable e) {\
""")
              .fails("2.36"),
          HANDLER
              .broken("body-as-text")
              .why("The image becomes text and bytes again.")
              .change(
                  "      enqueue(exchange, image);",
                  "      enqueue(exchange, new String(image).getBytes());")
              .fails("2.37", "2.52"),
          HANDLER
              .broken("limit-overflows")
              .why("MaxBytes + 1 is negative for the largest int.")
              .change(
"""
    var image = body.readNBytes(maxBytes);
    if (body.read() != -1) {\
""",
"""
    var image = body.readNBytes(maxBytes + 1);
    if (image.length > maxBytes) {\
""")
              .fails("2.37"),
          HANDLER
              .broken("image-in-a-field")
              .why("The image is kept in a field of the handler, one for all requests.")
              .change(
"""
  private void enqueue(HttpExchange exchange, byte[] image) throws IOException {
    var id = UUID.randomUUID().toString();
    jobs.put(id, new JobState.Queued()); // first: a worker may be at it before enqueue returns
    if (!queue.enqueue(WorkItem.of("job " + id, _ -> run(id, image)))) {\
""",
"""
  private volatile byte[] latest = new byte[0];

  private void enqueue(HttpExchange exchange, byte[] image) throws IOException {
    latest = image;
    var id = UUID.randomUUID().toString();
    jobs.put(id, new JobState.Queued()); // first: a worker may be at it before enqueue returns
    if (!queue.enqueue(WorkItem.of("job " + id, _ -> run(id, latest)))) {\
""")
              .fails("2.38"));

  private BrokenJobsHandlers() {}
}
