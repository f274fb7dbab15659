using System.Globalization;

namespace Notify.Admin.Channels;

/// <summary>One part of a policy, for whatever goes through all fields of a channel: counting changes, conflicts, audit.</summary>
/// <param name="Name">The policy's property.</param>
/// <param name="AuditName">What the audit trail calls it.</param>
/// <param name="Read">Its value in brief and without language; two parts that are off are the same.</param>
/// <param name="Take">The second policy with this part of the first.</param>
public sealed record DeliveryPolicyField(
    string Name, string AuditName, Func<DeliveryPolicy, string> Read, Func<DeliveryPolicy, DeliveryPolicy, DeliveryPolicy> Take)
{
    public static readonly IReadOnlyList<DeliveryPolicyField> All =
    [
        new(nameof(DeliveryPolicy.QuietHours), "quietHours", p => Brief(p.QuietHours),
            (from, to) => to with { QuietHours = from.QuietHours }),
        new(nameof(DeliveryPolicy.Deduplication), "deduplication", p => Brief(p.Deduplication),
        (from, to) => to with { Deduplication = from.Deduplication }),
        new(nameof(DeliveryPolicy.Fallback), "fallback", p => Brief(p.Fallback), (from, to) => to with { Fallback = from.Fallback }),
        new(nameof(DeliveryPolicy.Drills), "drills", p => Brief(p.Drills), (from, to) => to with { Drills = from.Drills }),
    ];

    public static bool IsOne(string name) => All.Any(field => field.Name == name);

    private static string Brief(QuietHours quiet) => Of(
        quiet.IsOn,
        $"{quiet.Days}, {quiet.From:HH\\:mm}-{quiet.To:HH\\:mm} {quiet.TimeZone}, critical {(quiet.LetCriticalThrough ? "sent" : "held")}");

    private static string Brief(Deduplication deduplication) => Of(deduplication.IsOn, $"{deduplication.Minutes} min");

    private static string Brief(Fallback fallback) => Of(
        fallback.IsOn, $"{fallback.To?.Kind} {fallback.To?.Id} after {fallback.AfterMinutes} min");

    private static string Brief(DrillSchedule drills) => Of(drills.IsOn, $"{drills.Mark}");

    private static string Of(bool isOn, FormattableString values) => isOn ? values.ToString(CultureInfo.InvariantCulture) : "off";
}
