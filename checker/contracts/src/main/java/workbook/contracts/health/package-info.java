/** The contracts of module 07. */
@NullMarked
package workbook.contracts.health;

import org.jspecify.annotations.NullMarked;
