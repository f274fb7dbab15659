using System.Globalization;
using Notify.Admin.LiveForms;
using Notify.Admin.Security;

namespace Notify.Admin.Deliveries;

/// <summary>Why channels are silenced: one line, for whoever wonders later.</summary>
internal static class PauseReason
{
    /// <summary>Null where it can be kept.</summary>
    public static FieldRefusal? Check(string typed)
    {
        var reason = typed.Trim();
        return reason.Length == 0 ? Refuse("Snooze.Reason.Missing")
            : reason.Length > Pause.MaxReasonLength * 4 || new StringInfo(reason).LengthInTextElements > Pause.MaxReasonLength
                ? Refuse("Snooze.Reason.TooLong", Pause.MaxReasonLength)
            : !PlainText.IsLine(reason) ? Refuse("Snooze.Reason.Control") : null;
    }

    private static FieldRefusal Refuse(string key, int? argument = null) => new(nameof(SnoozeRequest.Reason), key, argument);
}
