namespace Notify.Admin.Security;

/// <summary>An exception as it may be logged: the texts of it and of those inside it, with their stacks, redacted.</summary>
internal sealed class RedactedException(Exception exception) : Exception(Redactor.Redact(exception.Message))
{
    private readonly string _text = Redactor.Redact(exception.ToString());

    public override string? StackTrace { get; } = exception.StackTrace;

    public override string ToString() => _text;
}
