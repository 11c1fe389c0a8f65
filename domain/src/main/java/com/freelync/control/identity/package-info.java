/**
 * Who someone is and what they may do: permissions and the roles that give them, and the directory
 * of people with those who stand in for them.
 */
@NullMarked
package com.freelync.control.identity;

import org.jspecify.annotations.NullMarked;
