namespace Notify.Admin.SecurityCenter;

/// <summary>Ends the handling of a call with the vendor's error. The endpoint writes it as the answer.</summary>
internal sealed class CallRefusedException(SecurityCenterError error) : Exception(error.Code)
{
    public SecurityCenterError Error { get; } = error;
}
