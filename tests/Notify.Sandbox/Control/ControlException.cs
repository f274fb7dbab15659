namespace Notify.Sandbox.Control;

/// <summary>A control request that cannot be carried out; the message goes to the caller, with status 400 unless said otherwise.</summary>
internal sealed class ControlException(string message, int status = StatusCodes.Status400BadRequest) : Exception(message)
{
    public int Status { get; } = status;
}
