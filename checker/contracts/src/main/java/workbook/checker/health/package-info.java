/** The contracts of module 07. */
@NullMarked
package workbook.checker.health;

import org.jspecify.annotations.NullMarked;
