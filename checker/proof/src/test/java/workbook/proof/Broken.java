package workbook.proof;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import workbook.checker.WorkbookModule;
import workbook.proof.Workshop.Patch;

/**
 * An implementation that is wrong in one way.
 *
 * @param table what it is an implementation of
 * @param name a few words with hyphens; the name of the file that pins its findings
 * @param why what is wrong, in words
 * @param patches the change of the reference, mostly in one place
 * @param rules the numbers of exactly the rules that it fails
 * @param patience how much of the checker's usual patience is enough; less for one that hangs
 * @param byChance whether what it does differs from run to run, but for the rules that it fails
 */
public record Broken(
    Table table,
    String name,
    String why,
    List<Patch> patches,
    Set<String> rules,
    double patience,
    boolean byChance) {

  private static final double FOR_ONE_THAT_HANGS = 0.1;
  private static final double FOR_ONE_THAT_NEVER_DOES = 0.4;

  /** Checks. */
  public Broken {
    var sorted = new TreeSet<>(Verdicts.BY_NUMBER);
    sorted.addAll(rules);
    rules = Collections.unmodifiableSet(sorted);
  }

  @Override
  public String toString() {
    return table.type() + ": " + name;
  }

  Workshop sources() {
    return table.solution().with(patches);
  }

  /**
   * A type that is graded, and the solution that its broken and right implementations start from.
   *
   * @param module the module
   * @param type the simple name of the type; its test class is named after it
   */
  public record Table(WorkbookModule module, String type) {

    /**
     * Begins an entry.
     *
     * @param name a few words with hyphens
     * @return the entry, to be gone on with
     */
    public Draft broken(String name) {
      return new Draft(this, name, "", List.of(), 1, false);
    }

    /**
     * A right implementation that is a class of its own.
     *
     * @param type a public class with the reference's constructor
     * @return the implementation
     */
    public Right right(Class<?> type) {
      return new Right(this, type.getSimpleName(), List.of(madeBy(type)));
    }

    /**
     * A right implementation that consists of several classes.
     *
     * @param name its name
     * @param classes public classes, each with the constructor of the reference's class
     * @return the implementation
     */
    public Right right(String name, Map<String, Class<?>> classes) {
      var patches =
          classes.entrySet().stream()
              .map(
                  other ->
                      new Patch(
                          test() + ".java",
                          "new " + other.getKey() + "(",
                          "new " + other.getValue().getName() + "("))
              .toList();
      return new Right(this, name, patches);
    }

    /**
     * The reference.
     *
     * @return the reference as a right implementation
     */
    public Right reference() {
      return new Right(this, "the reference", List.of());
    }

    /** The test class with another class in the place of the reference. */
    private Patch madeBy(Class<?> other) {
      return new Patch(type + "Test.java", "new " + type + "(", "new " + other.getName() + "(");
    }

    Workshop solution() {
      return Workshop.of("solutions/" + module.folder());
    }

    String test() {
      return type + "Test";
    }
  }

  /**
   * An implementation that is right.
   *
   * @param table what it is an implementation of
   * @param name its name
   * @param patches how the test class comes by it; none for the reference
   */
  public record Right(Table table, String name, List<Patch> patches) {

    @Override
    public String toString() {
      return table.type() + ": " + name;
    }

    Workshop sources() {
      return table.solution().with(patches);
    }
  }

  /**
   * An entry of a table that is being written down.
   *
   * @param table the table
   * @param name its name
   * @param why what is wrong
   * @param patches the change
   * @param patience see {@link Broken}
   * @param byChance see {@link Broken}
   */
  public record Draft(
      Table table,
      String name,
      String why,
      List<Patch> patches,
      double patience,
      boolean byChance) {

    /**
     * Says what is wrong.
     *
     * @param text one sentence
     * @return the entry
     */
    public Draft why(String text) {
      return new Draft(table, name, text, patches, patience, byChance);
    }

    /**
     * Changes the reference in one place, or in one more.
     *
     * @param find what is there, once in the type's file
     * @param replace what is there instead
     * @return the entry
     */
    public Draft change(String find, String replace) {
      return changeIn(table.type, find, replace);
    }

    /**
     * Changes the reference in one place of another class of the module.
     *
     * @param type the class
     * @param find what is there, once in the class's file
     * @param replace what is there instead
     * @return the entry
     */
    public Draft changeIn(String type, String find, String replace) {
      var all = new ArrayList<>(patches);
      all.add(new Patch(type + ".java", find, replace));
      return new Draft(table, name, why, List.copyOf(all), patience, byChance);
    }

    /**
     * Takes another class in the place of the reference.
     *
     * @param other a public class with the reference's constructor
     * @return the entry
     */
    public Draft is(Class<?> other) {
      return new Draft(table, name, why, List.of(table.madeBy(other)), patience, byChance);
    }

    /**
     * Says that a rule runs into a limit of the checker, so that the limits may be short.
     *
     * @return the entry
     */
    public Draft hangs() {
      return new Draft(table, name, why, patches, FOR_ONE_THAT_HANGS, byChance);
    }

    /**
     * Says that a rule waits in vain for something that a database is needed for: the limits may be
     * short, but not as short as between threads.
     *
     * @return the entry
     */
    public Draft neverDoes() {
      return new Draft(table, name, why, patches, FOR_ONE_THAT_NEVER_DOES, byChance);
    }

    /**
     * Says that no two runs are alike but for the rules that it fails: its own threads race, or it
     * does something at random.
     *
     * @return the entry
     */
    public Draft differs() {
      return new Draft(table, name, why, patches, patience, true);
    }

    /**
     * Ends the entry.
     *
     * @param rules the numbers of exactly the rules that it fails
     * @return the broken implementation
     */
    public Broken fails(String... rules) {
      return new Broken(table, name, why, patches, Set.of(rules), patience, byChance);
    }
  }
}
