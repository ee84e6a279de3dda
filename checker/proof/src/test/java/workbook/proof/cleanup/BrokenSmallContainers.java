package workbook.proof.cleanup;

import java.util.List;
import workbook.checker.WorkbookModule;
import workbook.proof.Broken;
import workbook.proof.Broken.Table;

/** Containers that are wrong. */
public final class BrokenSmallContainers {

  static final Table CONTAINER = new Table(WorkbookModule.CLEANUP, "SmallContainer");

  private static final String KEPT =
      "return type.cast(service == null ? make(registration) : service);";
  private static final String OWN = "if (registration.lifetime() == lifetime) {";
  private static final String SHARED = "return singletons.get(type);";
  private static final String OPEN = "return new Scope(Lifetime.SCOPED);";
  private static final String CREATE = "registration.factory().create(this::get)";
  private static final String CAPTIVE =
      "throw new IllegalStateException(\n"
          + "          \"a singleton must not hold a scoped service, it would outlive its scope: \""
          + " + chain(type));";
  private static final String BEING_MADE = "      beingMade.add(type);\n";
  private static final String CLOSE_ALL = "      closed = true;\n      var failure = closeAll();\n";
  private static final String FIRST = "          if (first == null) {\n";

  /** The table. */
  public static final List<Broken> ALL =
      List.of(
          // identity
          CONTAINER
              .broken("new-one-each-time")
              .why("Get makes a new object whenever it is asked.")
              .change(KEPT, "return type.cast(make(registration));")
              .fails("3.1", "3.2", "3.3", "3.4", "3.7", "3.9", "3.11", "3.39"),
          CONTAINER
              .broken("one-scope-for-all")
              .why("The container has one scope and hands it out again and again.")
              .change(
                  "  @Override\n  public ServiceScope createScope() {",
                  "  private final Scope one = new Scope(Lifetime.SCOPED);\n\n"
                      + "  @Override\n  public ServiceScope createScope() {")
              .change(OPEN, "return one;")
              .fails("3.1", "3.2", "3.3", "3.4", "3.6", "3.7"),
          CONTAINER
              .broken("all-made-at-once")
              .why("A new scope makes every scoped service, asked for or not.")
              .change(
                  OPEN,
                  "var scope = new Scope(Lifetime.SCOPED);\n"
                      + "    for (var registration : registrations.values()) {\n"
                      + "      if (registration.lifetime() == Lifetime.SCOPED) {\n"
                      + "        scope.get(registration.type());\n"
                      + "      }\n"
                      + "    }\n"
                      + "    return scope;")
              .fails("3.1", "3.6", "3.7", "3.10", "3.11", "3.12", "3.14"),
          CONTAINER
              .broken("singletons-made-late")
              .why("Singletons are made when somebody asks for them.")
              .change("if (registration.lifetime() == Lifetime.SINGLETON) {", "if (false) {")
              .fails("3.2", "3.4", "3.6", "3.8", "3.9", "3.10", "3.11", "3.12", "3.13", "3.14"),
          CONTAINER
              .broken("a-singleton-in-each-scope")
              .why("Every scope makes singletons of its own.")
              .change(
                  OWN, "if (lifetime == Lifetime.SCOPED || registration.lifetime() == lifetime) {")
              .fails("3.2", "3.4", "3.9"),
          CONTAINER
              .broken("scope-owns-what-it-hands-out")
              .why("A scope remembers the singletons that it was asked for, and closes them.")
              .change(
                  SHARED,
                  "var singleton = singletons.get(type);\n"
                      + "        made.put(type, singleton);\n"
                      + "        return singleton;")
              .change(OWN, "if (registration.lifetime() == lifetime || made.containsKey(type)) {")
              .fails("3.2", "3.4"),
          CONTAINER
              .broken("singletons-last-first")
              .why("The constructor goes through the list backwards.")
              .change(
                  "for (var registration : registrations) {",
                  "for (var registration : registrations.reversed()) {")
              .fails("3.2", "3.8", "3.9", "3.11", "3.13"),
          CONTAINER
              .broken("factory-asks-another-scope")
              .why("Each factory gets a scope of its own, which nobody closes.")
              .change(CREATE, "registration.factory().create(new Scope(lifetime)::get)")
              .fails("3.2", "3.3", "3.4", "3.9", "3.10", "3.11"),
          CONTAINER
              .broken("whatever-is-of-that-type")
              .why("A scope gives the first of its services that is of the type it is asked for.")
              .change(
                  "var service = made.get(type);",
                  "var service =\n"
                      + "            made.values().stream().filter(type::isInstance).findFirst()"
                      + ".orElse(null);")
              .fails("3.4", "3.39"),
          CONTAINER
              .broken("no-question-about-itself")
              .why("A factory's resolver refuses its own type, also when it has been made.")
              .change(
                  CREATE,
                  "registration.factory().create(new Resolver() {\n"
                      + "                  @Override\n"
                      + "                  public <T> T get(Class<T> other) {\n"
                      + "                    if (other == type) {\n"
                      + "                      throw new IllegalStateException(\"needs itself: \" +"
                      + " chain(other));\n"
                      + "                    }\n"
                      + "                    return Scope.this.get(other);\n"
                      + "                  }\n"
                      + "                })")
              .fails("3.3"),
          CONTAINER
              .broken("resolver-that-never-closes")
              .why("A resolver that was kept gives services of a scope that is closed.")
              .change(
                  CREATE,
                  "registration.factory().create(new Resolver() {\n"
                      + "                  @Override\n"
                      + "                  public <T> T get(Class<T> other) {\n"
                      + "                    boolean was = closed;\n"
                      + "                    closed = false;\n"
                      + "                    try {\n"
                      + "                      return Scope.this.get(other);\n"
                      + "                    } finally {\n"
                      + "                      closed = was;\n"
                      + "                    }\n"
                      + "                  }\n"
                      + "                })")
              .fails("3.3"),
          // closing
          CONTAINER
              .broken("a-set-of-what-was-made")
              .why("What was made is collected in a set, where equal ones are one.")
              .change("new ArrayList<>(made.values())", "new LinkedHashSet<>(made.values())")
              .fails("3.4"),
          CONTAINER
              .broken("third-failure-lost")
              .why("There is room for two failures.")
              .change(
                  "first.addSuppressed(e);",
                  "if (first.getSuppressed().length == 0) {\n"
                      + "              first.addSuppressed(e);\n"
                      + "            }")
              .fails("3.5"),
          CONTAINER
              .broken("closed-in-order-of-creation")
              .why("What was made first is closed first.")
              .change(".reversed()) {", ") {")
              .fails("3.4", "3.5", "3.8", "3.11", "3.13"),
          CONTAINER
              .broken("order-of-asking")
              .why(
                  "Closes in the reverse order of asking: what is needed comes after who needs it.")
              .change(
                  "    private volatile boolean closed;\n",
                  "    private volatile boolean closed;\n"
                      + "    private final Set<Class<?>> asked = new LinkedHashSet<>();\n")
              .change(BEING_MADE, BEING_MADE + "      asked.add(type);\n")
              .change(
                  "for (var service : new ArrayList<>(made.values()).reversed()) {",
                  "for (var type : new ArrayList<>(asked).reversed()) {\n"
                      + "        var service = made.get(type);")
              .fails("3.4", "3.11"),
          CONTAINER
              .broken("closes-nothing")
              .why("Leaves closing to the garbage collector.")
              .change("closeable.close();", "log(closeable);")
              .change(
                  "    private String chain(",
                  "    private static void log(AutoCloseable closeable) throws Exception {\n"
                      + "      // nothing\n"
                      + "    }\n\n"
                      + "    private String chain(")
              .fails("3.4", "3.5", "3.6", "3.7", "3.8", "3.11", "3.12", "3.13"),
          CONTAINER
              .broken("stops-at-the-first-failure")
              .why("What comes after a close that fails stays open.")
              .change(FIRST, "          if (true) {\n            return e;\n          }\n" + FIRST)
              .fails("3.5", "3.11", "3.13"),
          CONTAINER
              .broken("failures-swallowed")
              .why("A close that fails is nobody's business.")
              .change("if (failure != null) {", "if (false) {")
              .fails("3.5", "3.12", "3.13"),
          CONTAINER
              .broken("later-failures-lost")
              .why("Only the first failure is kept.")
              .change("first.addSuppressed(e);", "// one is enough")
              .fails("3.5", "3.13"),
          CONTAINER
              .broken("last-failure-wins")
              .why("The last failure is the cause.")
              .change(FIRST, "          if (true) {\n")
              .fails("3.5", "3.13"),
          CONTAINER
              .broken("failure-without-cause")
              .why("The message of the failure is kept, the failure is not.")
              .change(
                  "throw new IllegalStateException(\"not everything could be closed\", failure);",
                  "throw new IllegalStateException(\"not closed: \" + failure.getMessage());")
              .fails("3.5", "3.13"),
          CONTAINER
              .broken("closed-again")
              .why("A second close closes everything a second time.")
              .change("if (closed) {\n        return;", "if (false) {\n        return;")
              .fails("3.5", "3.6", "3.13"),
          CONTAINER
              .broken("used-after-close")
              .why("A scope that is closed goes on making services.")
              .change("if (closed) {\n        throw", "if (false) {\n        throw")
              .fails("3.3", "3.6"),
          CONTAINER
              .broken("closed-too-late")
              .why("A scope is closed only when it has closed everything.")
              .change(CLOSE_ALL, "      var failure = closeAll();\n      closed = true;\n")
              .fails("3.6"),
          CONTAINER
              .broken("closed-again-after-a-failure")
              .why("A close that has failed does not count as one.")
              .change(
                  "      if (failure != null) {\n",
                  "      if (failure != null) {\n"
                      + "        closed = lifetime == Lifetime.SINGLETON;\n")
              .fails("3.5"),
          // threads
          CONTAINER
              .broken("bound-to-its-thread")
              .why("A scope refuses every thread but the one that made it.")
              .change(
                  "    private volatile boolean closed;\n",
                  "    private volatile boolean closed;\n"
                      + "    private final Thread owner = Thread.currentThread();\n")
              .change(
                  "      Objects.requireNonNull(type, \"type\");\n",
                  "      Objects.requireNonNull(type, \"type\");\n"
                      + "      if (owner != Thread.currentThread()) {\n"
                      + "        throw new IllegalStateException(\"wrong thread\");\n"
                      + "      }\n")
              .fails("3.7"),
          CONTAINER
              .broken("one-lock-for-all")
              .why("A lock of the container is held while a factory runs.")
              .change(CREATE, "createLocked(registration)")
              .change(
                  "    private String chain(",
                  "    private Object createLocked(Registration<?> registration) throws Exception"
                      + " {\n"
                      + "      synchronized (registrations) {\n"
                      + "        return registration.factory().create(this::get);\n"
                      + "      }\n"
                      + "    }\n\n"
                      + "    private String chain(")
              .hangs()
              .fails("3.7"),
          CONTAINER
              .broken("one-lock-for-all-closes")
              .why("A lock of the container is held while a service is closed.")
              .change(
                  "closeable.close();",
                  "synchronized (registrations) {\n"
                      + "              closeable.close();\n"
                      + "            }")
              .hangs()
              .fails("3.7"),
          // captive dependencies
          CONTAINER
              .broken("chain-of-the-past")
              .why("The chain names services that were made long before.")
              .change(
                  "beingMade.remove(type);",
                  "if (!made.containsKey(type)) {\n          beingMade.remove(type);\n        }")
              .fails("3.8"),
          CONTAINER
              .broken("captive-allowed")
              .why("A singleton that asks for a scoped service gets one that lives as long as it.")
              .change(CAPTIVE, "return type.cast(make(registration));")
              .fails("3.8", "3.9"),
          CONTAINER
              .broken("captive-without-chain")
              .why("Says that a scoped service was asked for, not by whom.")
              .change(
                  "it would outlive its scope: \" + chain(type)",
                  "it would outlive its scope: \" + type.getSimpleName()")
              .change(
                  "\"cannot make \" + type.getName() + \": \" + e.getMessage(), e);",
                  "\"cannot make a service\", e);")
              .fails("3.8", "3.11"),
          CONTAINER
              .broken("nothing-closed-when-not-built")
              .why("What was made before the constructor fails stays open for ever.")
              .change(
                  "      try {\n"
                      + "        singletons.close();\n"
                      + "      } catch (IllegalStateException another) {\n"
                      + "        e.addSuppressed(another);\n"
                      + "      }\n",
                  "")
              .fails("3.8", "3.11"),
          CONTAINER
              .broken("close-failure-takes-over")
              .why("A close that fails while the constructor fails is what is thrown.")
              .change(
                  "      try {\n"
                      + "        singletons.close();\n"
                      + "      } catch (IllegalStateException another) {\n"
                      + "        e.addSuppressed(another);\n"
                      + "      }\n",
                  "      singletons.close();\n")
              .fails("3.11"),
          CONTAINER
              .broken("captive-later")
              .why("The check is over when the container is built.")
              .change(
                  CAPTIVE,
                  "if (beingMade.isEmpty()) {\n"
                      + "        return type.cast(make(registration));\n"
                      + "      }\n"
                      + "      "
                      + CAPTIVE)
              .fails("3.9"),
          CONTAINER
              .broken("resolver-of-no-use-later")
              .why("A singleton's resolver is dead once the container is built.")
              .change(
                  CREATE,
                  "registration.factory().create(new Resolver() {\n"
                      + "                  @Override\n"
                      + "                  public <T> T get(Class<T> other) {\n"
                      + "                    if (lifetime == Lifetime.SINGLETON &&"
                      + " beingMade.isEmpty()) {\n"
                      + "                      throw new IllegalStateException(\"too late\");\n"
                      + "                    }\n"
                      + "                    return Scope.this.get(other);\n"
                      + "                  }\n"
                      + "                })")
              .fails("3.9"),
          CONTAINER
              .broken("round-and-round")
              .why("Nobody notices that a service is being made already.")
              .change("if (beingMade.contains(type)) {", "if (false) {")
              .fails("3.10"),
          CONTAINER
              .broken("cycle-without-chain")
              .why("Says which service needs itself, not by what detour.")
              .change("needs itself: \" + chain(type)", "needs itself: \" + type.getSimpleName()")
              .change(
                  "\"cannot make \" + type.getName() + \": \" + e.getMessage(), e);",
                  "\"cannot make \" + type.getName(), e);")
              .fails("3.10"),
          CONTAINER
              .broken("twice-round")
              .why("Only a service that asks for itself directly is noticed.")
              .change(
                  "if (beingMade.contains(type)) {",
                  "if (!beingMade.isEmpty() && new ArrayList<>(beingMade).getLast() == type) {")
              .fails("3.10"),
          // factories that fail
          CONTAINER
              .broken("still-being-made")
              .why("A service whose factory has failed counts as being made for ever.")
              .change("beingMade.remove(type);", "// it may come yet")
              .fails("3.8", "3.11"),
          CONTAINER
              .broken("null-handed-out")
              .why("A factory that gives null is believed.")
              .change(
                  "            Objects.requireNonNull(\n"
                      + "                registration.factory().create(this::get), \"the factory"
                      + " returned null\");",
                  "            registration.factory().create(this::get);")
              .fails("3.11"),
          CONTAINER
              .broken("cause-lost")
              .why("What the factory threw is not attached.")
              .change(": \" + e.getMessage(), e);", ": \" + e.getMessage());")
              .fails("3.11"),
          CONTAINER
              .broken("unchecked-as-it-is")
              .why("An unchecked exception of a factory is thrown on, without the type's name.")
              .change(
                  "      } catch (Exception e) {\n        keepInterrupt(e);\n        throw new",
                  "      } catch (UnsupportedOperationException e) {\n"
                      + "        throw e;\n"
                      + "      } catch (Exception e) {\n"
                      + "        keepInterrupt(e);\n"
                      + "        throw new")
              .fails("3.11"),
          CONTAINER
              .broken("type-not-named")
              .why("Says that a service cannot be made, not which.")
              .change("\"cannot make \" + type.getName() + \": \"", "\"cannot make a service: \"")
              .fails("3.11"),
          CONTAINER
              .broken("failure-ends-the-scope")
              .why("A scope in which a factory has failed is closed at once.")
              .change(
                  "        keepInterrupt(e);\n        throw new",
                  "        keepInterrupt(e);\n        close();\n        throw new")
              .fails("3.10", "3.11", "3.12"),
          CONTAINER
              .broken("interrupt-lost")
              .why("An InterruptedException is wrapped, and forgotten.")
              .change("Thread.currentThread().interrupt(); // it is about to be wrapped", "")
              .fails("3.12"),
          CONTAINER
              .broken("interrupt-lost-in-close")
              .why("An InterruptedException of a close is wrapped, and forgotten.")
              .change("          keepInterrupt(e);\n          if (first", "          if (first")
              .fails("3.12"),
          CONTAINER
              .broken("interrupt-lost-while-building")
              .why("An InterruptedException of a singleton's factory is wrapped, and forgotten.")
              .change(
                  "        keepInterrupt(e);\n        throw new",
                  "        if (lifetime == Lifetime.SCOPED) {\n"
                      + "          keepInterrupt(e);\n"
                      + "        }\n"
                      + "        throw new")
              .fails("3.12"),
          CONTAINER
              .broken("interrupt-lost-at-the-end")
              .why("An InterruptedException of a singleton's close is wrapped, and forgotten.")
              .change(
                  "          keepInterrupt(e);\n          if (first",
                  "          if (lifetime == Lifetime.SCOPED) {\n"
                      + "            keepInterrupt(e);\n"
                      + "          }\n"
                      + "          if (first")
              .fails("3.12"),
          // the container
          CONTAINER
              .broken("singletons-never-closed")
              .why("Closing the container does nothing.")
              .change(
                  "public void close() {\n    singletons.close();",
                  "public void close() {\n    singletons.closed = true;")
              .fails("3.12", "3.13"),
          CONTAINER
              .broken("scopes-for-ever")
              .why("A closed container opens scopes.")
              .change("if (singletons.closed) {", "if (false) {")
              .fails("3.13"),
          // arguments
          CONTAINER
              .broken("last-registration-wins")
              .why("A type may be registered twice; the second replaces the first.")
              .change(
                  "this.registrations.putIfAbsent(registration.type(), registration) != null",
                  "this.registrations.put(registration.type(), registration) == registration")
              .fails("3.14"),
          CONTAINER
              .broken("refused-after-the-work")
              .why("Duplicates are found while singletons are being made.")
              .change(
                  "      if (this.registrations.putIfAbsent(registration.type(), registration) !="
                      + " null) {\n"
                      + "        throw new IllegalArgumentException(registration.type().getName() +"
                      + " \" is registered twice\");\n"
                      + "      }\n",
                  "      if (this.registrations.putIfAbsent(registration.type(), registration) !="
                      + " null) {\n"
                      + "        this.registrations.values().forEach(\n"
                      + "            each -> {\n"
                      + "              if (each.lifetime() == Lifetime.SINGLETON) {\n"
                      + "                singletons.get(each.type());\n"
                      + "              }\n"
                      + "            });\n"
                      + "        throw new IllegalArgumentException(registration.type().getName() +"
                      + " \" is registered twice\");\n"
                      + "      }\n")
              .fails("3.14"),
          CONTAINER
              .broken("unknown-is-null")
              .why("A type that is not registered gives null.")
              .change(
                  "throw new IllegalArgumentException(type.getName() + \" is not registered\");",
                  "return null;")
              .fails("3.14", "3.39"),
          CONTAINER
              .broken("null-stumbled-over")
              .why("A type of null is not looked for.")
              .change("Objects.requireNonNull(type, \"type\");", "type.getName();")
              .fails("3.14"),
          CONTAINER
              .broken("list-of-null-stumbled-over")
              .why("A list of null is not looked for.")
              .change("Objects.requireNonNull(registrations, \"registrations\")", "registrations")
              .fails("3.14"),
          CONTAINER
              .broken("hole-stumbled-over")
              .why("A null in the list is not looked for.")
              .change(
                  "      Objects.requireNonNull(registration, \"registrations must hold no"
                      + " null\");\n",
                  "")
              .fails("3.14"));

  private BrokenSmallContainers() {}
}
