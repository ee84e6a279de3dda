/** Module 07: what health checks are made of. */
@NullMarked
package workbook.health;

import org.jspecify.annotations.NullMarked;
