namespace Notify.Admin.Data;

/// <summary>Something in the configuration or around the program stops the start. The message is one line for the operator: the key, the
/// value (never a secret's) and the mend. <c>Program</c> prints it and exits with 1.</summary>
public sealed class StartupException(string message, Exception? inner = null) : Exception(message, inner);
