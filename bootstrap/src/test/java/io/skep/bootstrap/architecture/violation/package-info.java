/// Breaks each rule once, in the layout of the project, to show that the rules bite.
package io.skep.bootstrap.architecture.violation;
