/** What the contracts of several modules ask alike. */
@NullMarked
package workbook.contracts.shared;

import org.jspecify.annotations.NullMarked;
