package workbook.proof;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * A source without one of the things that keep its threads apart or wake them: a lock, a {@code
 * volatile}, an atomic or concurrent class, a signal.
 *
 * @param where the type and the method that it is taken from, or the type alone
 * @param what it, as the source has it
 * @param text the source without it
 * @param classes classes of that name that are not atomic, to stand beside the source
 */
record TakenAway(String where, String what, String text, Set<String> classes) {

  private static final Pattern ATOMIC =
      Pattern.compile(
          "import java\\.util\\.concurrent\\.(?:atomic\\.)?((?:Atomic|Concurrent\\w*Hash)\\w+);\n");
  private static final Set<String> SIGNALS =
      Set.of(
          "signal",
          "signalAll",
          "notify",
          "notifyAll",
          "countDown",
          "release",
          "unpark",
          "cancel",
          "interrupt",
          "complete",
          "completeExceptionally");

  /** All that can be taken away from a source, in the order of its lines. */
  static List<TakenAway> from(Path file, String text) {
    var finder = new Finder(file.getFileName().toString().replaceFirst("\\.java$", ""), text);
    finder.find();
    var atomic = ATOMIC.matcher(text);
    while (atomic.find()) {
      finder.found.add(
          new TakenAway(
              finder.type,
              atomic.group(1),
              text.replace(atomic.group(), ""),
              Set.of(atomic.group(1))));
    }
    return finder.found;
  }

  /** Walks through the tree that the compiler makes of a source. */
  private static final class Finder extends TreeScanner<@Nullable Void, @Nullable Void> {

    private final String type;
    private final String text;
    private final List<TakenAway> found = new ArrayList<>();
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private String method = "";

    Finder(String type, String text) {
      this.type = type;
      this.text = text;
      var task =
          (JavacTask)
              ToolProvider.getSystemJavaCompiler()
                  .getTask(
                      null,
                      null,
                      null,
                      null,
                      null,
                      List.of(new InMemoryCompiler.Source(type + ".java", text)));
      try {
        this.unit = task.parse().iterator().next();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      this.positions = Trees.instance(task).getSourcePositions();
    }

    void find() {
      scan(unit, null);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree tree, @Nullable Void none) {
      var around = method;
      method = tree.getName().toString();
      if (tree.getModifiers().getFlags().contains(Modifier.SYNCHRONIZED)) {
        without("synchronized", start(tree), "synchronized ", start(tree.getBody()));
      }
      super.visitMethod(tree, none);
      method = around;
      return null;
    }

    @Override
    public @Nullable Void visitSynchronized(SynchronizedTree tree, @Nullable Void none) {
      int block = start(tree.getBlock());
      var what = text.substring(start(tree), block).strip();
      add(what, text.substring(0, start(tree)) + text.substring(block));
      return super.visitSynchronized(tree, none);
    }

    @Override
    public @Nullable Void visitVariable(VariableTree tree, @Nullable Void none) {
      if (tree.getModifiers().getFlags().contains(Modifier.VOLATILE)) {
        without("volatile " + tree.getName(), start(tree), "volatile ", end(tree));
      }
      return super.visitVariable(tree, none);
    }

    @Override
    public @Nullable Void visitBlock(BlockTree tree, @Nullable Void none) {
      for (var statement : tree.getStatements()) {
        if (statement instanceof ExpressionStatementTree s
            && s.getExpression() instanceof MethodInvocationTree call
            && call.getMethodSelect() instanceof MemberSelectTree called) {
          var name = called.getIdentifier().toString();
          if (name.equals("lock") && call.getArguments().isEmpty()) {
            withoutLock(statement, called.getExpression().toString());
          } else if (SIGNALS.contains(name)) {
            add(
                call.toString(),
                text.substring(0, start(statement)) + ";" + text.substring(end(statement)));
          }
        }
      }
      return super.visitBlock(tree, none);
    }

    /** The lock is held up to its next unlock. */
    private void withoutLock(Tree statement, String lock) {
      var unlock = lock + ".unlock();";
      int at = text.indexOf(unlock, end(statement));
      add(
          lock + ".lock()",
          text.substring(0, start(statement))
              + ";"
              + text.substring(end(statement), at)
              + ";"
              + text.substring(at + unlock.length()));
    }

    private void without(String what, int from, String word, int to) {
      int at = text.indexOf(word, from);
      if (at < 0 || at >= to) {
        throw new AssertionError("no '" + word + "' in " + text.substring(from, to));
      }
      add(what, text.substring(0, at) + text.substring(at + word.length()));
    }

    private void add(String what, String changed) {
      var where = method.isEmpty() ? type : type + "." + method.replace("<init>", "new");
      found.add(new TakenAway(where, what, changed, Set.of()));
    }

    private int start(Tree tree) {
      return (int) positions.getStartPosition(unit, tree);
    }

    private int end(Tree tree) {
      return (int) positions.getEndPosition(unit, tree);
    }
  }
}
