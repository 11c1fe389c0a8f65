/** Child processes: forked at one place, so that whoever ends them all knows them all. */
@NullMarked
package com.freelync.control.sandbox.process;

import org.jspecify.annotations.NullMarked;
