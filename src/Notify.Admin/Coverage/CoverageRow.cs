using System.Collections.Immutable;
using Notify.Admin.Channels;
using Notify.Admin.Events;
using Notify.Admin.Rules;

namespace Notify.Admin.Coverage;

/// <summary>A row of the map: a type of event, or one sub-type of it.</summary>
/// <param name="Type">CloudEvents <c>type</c>.</param>
/// <param name="SubType">See <see cref="EventClass.SubType"/>.</param>
public sealed record CoverageRow(string Type, string? SubType = null)
{
    private static readonly ImmutableArray<string> Scans =
    [
        "scan.started", "scan.completed", "scan.aborted", "scan.stopped", "scan.deleted", "scan.paused", "scan.resumed",
    ];

    /// <summary>The rows that are there whatever has come: what rules can name, and scans.</summary>
    public static ImmutableArray<CoverageRow> Known { get; } =
        [.. Vocabulary.AlertTypes.SelectMany(OfAlertType), .. Scans.Select(type => new CoverageRow(type))];

    public AlertType? AlertType { get; } = Vocabulary.FindByType(Type);

    /// <summary>As an address, and the filter of the list of events, names the type.</summary>
    public string TypeInAddress => AlertType is { } alertType ? EventFilter.AlertPrefix + alertType.Suffix : Type;

    /// <summary>Reads an address; null where it names no type.</summary>
    public static CoverageRow? Parse(string? type, string? subType)
    {
        if (string.IsNullOrWhiteSpace(type))
        {
            return null;
        }

        return !type.StartsWith(EventFilter.AlertPrefix, StringComparison.Ordinal) ? new CoverageRow(type)
            : Vocabulary.Find(type.AsSpan(EventFilter.AlertPrefix.Length)) is { } alertType
                && OfAlertType(alertType).FirstOrDefault(row => row.SubType == subType) is { } known ? known : null;
    }

    public EventClass ToClass(Severity severity, string? groupId) =>
        new(Type, severity) { SubType = SubType, GroupId = groupId };

    /// <summary>Whether there can be events of that severity.</summary>
    public bool CanBe(Severity severity) => AlertType is null || new AlertClass(AlertType, (int)severity).CanOccur;

    private static IEnumerable<CoverageRow> OfAlertType(AlertType alertType)
    {
        yield return new CoverageRow(alertType.FullName);
        if (AlertClass.SubKeyOf(alertType) is { } key)
        {
            foreach (var value in key.ConcreteValues)
            {
                yield return new CoverageRow(alertType.FullName, value.Literal);
            }

            yield return new CoverageRow(alertType.FullName, EventClass.OtherSubType);
        }
    }
}
