/**
 * Programs that run the rules for a learner: they compile a module with the JDK's own compiler and
 * grade it in a JVM that is warm. {@link workbook.runner.Watch} stays and grades at each save.
 */
@NullMarked
package workbook.runner;

import org.jspecify.annotations.NullMarked;
