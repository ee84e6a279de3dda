/** JVMs of their own, for what a test cannot do to the one that it runs in. */
@NullMarked
package workbook.checker.process;

import org.jspecify.annotations.NullMarked;
