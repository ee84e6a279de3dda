/** What a run came to, and how it is shown. */
@NullMarked
package workbook.checker.card;

import org.jspecify.annotations.NullMarked;
