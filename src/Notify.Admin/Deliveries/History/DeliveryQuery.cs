using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Notify.Admin.Api;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>The query string of <c>GET /api/deliveries</c>.</summary>
internal sealed class DeliveryQuery
{
    private const int LongestText = 1024;

    [FromQuery(Name = "eventId"), Description("Exactly this CloudEvents id.")]
    public string? EventId { get; init; }

    [FromQuery(Name = "source"), Description("Exactly this CloudEvents source.")]
    public string? Source { get; init; }

    [FromQuery(Name = "sourceId"), Description("Only events that came to the address of this source: its id in /api/sources.")]
    public string? SourceId { get; init; }

    [FromQuery(Name = "state"),
        Description("One state or several, separated by commas: waiting, sending, held, retrying, sent, failed, given_up, skipped.")]
    public string? State { get; init; }

    [FromQuery(Name = "cursor"), Description("The nextCursor of the page before.")]
    public string? Cursor { get; init; }

    /// <summary>The filter and where the page begins, or what is wrong.</summary>
    public (DeliveryFilter Filter, PageCursor Cursor, IReadOnlyList<FieldProblem> Problems) Read()
    {
        List<FieldProblem> problems = [];
        var filter = new DeliveryFilter
        {
            EventId = Text("eventId", EventId, problems),
            Source = Text("source", Source, problems),
            SourceId = Id(problems),
            States = States(problems),
        };
        return (filter, new PageCursor(Before(problems), null), problems);
    }

    private static string? Text(string name, string? value, List<FieldProblem> problems)
    {
        if (value is { Length: > LongestText })
        {
            problems.Add(new FieldProblem(null, name, $"must be at most {LongestText} characters"));
        }
        else if (value?.Any(char.IsControl) == true)
        {
            problems.Add(new FieldProblem(null, name, "must not hold control characters"));
        }
        else if (name == "source" && value is not null && value != value.Trim())
        {
            // No source has any; SQL Server would find those without them.
            problems.Add(new FieldProblem(null, name, "must not begin or end with blanks"));
        }

        return string.IsNullOrEmpty(value) ? null : value;
    }

    private int? Id(List<FieldProblem> problems)
    {
        if (string.IsNullOrEmpty(SourceId))
        {
            return null;
        }

        if (int.TryParse(SourceId, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0)
        {
            return id;
        }

        problems.Add(new FieldProblem(null, "sourceId", "must be the id of a source"));
        return null;
    }

    private List<DeliveryState> States(List<FieldProblem> problems)
    {
        List<DeliveryState> states = [];
        foreach (var name in State?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            if (DeliveryStates.Parse(name) is { } state)
            {
                states.Add(state);
            }
            else
            {
                problems.Add(new FieldProblem(null, "state", $"must be one or more of {string.Join(", ", DeliveryStates.Names)}"));
                break;
            }
        }

        if (states.Count == 0 && problems.Count == 0 && !string.IsNullOrEmpty(State))
        {
            // Without a state between its commas it would be no filter, and everything would be listed.
            problems.Add(new FieldProblem(null, "state", "must not be blank"));
        }

        return states;
    }

    private long? Before(List<FieldProblem> problems)
    {
        if (string.IsNullOrEmpty(Cursor))
        {
            return null;
        }

        if (long.TryParse(Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var before) && before > 0)
        {
            return before;
        }

        problems.Add(new FieldProblem(null, "cursor", "must be the nextCursor of an earlier answer"));
        return null;
    }
}
