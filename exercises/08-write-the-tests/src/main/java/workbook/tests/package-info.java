/** Module 08: tests, which are graded by what they catch. */
@NullMarked
package workbook.tests;

import org.jspecify.annotations.NullMarked;
