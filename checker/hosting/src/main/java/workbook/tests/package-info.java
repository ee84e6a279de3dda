/** What the tests of module 08 are written for. */
@NullMarked
package workbook.tests;

import org.jspecify.annotations.NullMarked;
