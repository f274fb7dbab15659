using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Notify.Admin.Api;
using Notify.Admin.Data;
using Notify.Admin.Shared;

namespace Notify.Admin.Audit;

/// <summary>The query string of <c>GET /api/audit</c>.</summary>
internal sealed class AuditQuery
{
    [FromQuery(Name = "action"), Description("Exactly this action, such as slack-integration.update.")]
    public string? Action { get; init; }

    [FromQuery(Name = "who"), Description("Exactly this name: an e-mail address, system or anonymous.")]
    public string? Who { get; init; }

    [FromQuery(Name = "subject"), Description("About exactly this: subjectKind/subjectId of an entry, such as slack-integration/3.")]
    public string? Subject { get; init; }

    [FromQuery(Name = "q"), Description("Part of who, what, the subject or the address, in any case.")]
    public string? Text { get; init; }

    [FromQuery(Name = "from"), Description("At this time or later (ISO 8601).")]
    public string? From { get; init; }

    [FromQuery(Name = "to"), Description("Before this time (ISO 8601).")]
    public string? To { get; init; }

    [FromQuery(Name = "cursor"), Description("The nextCursor of the page before.")]
    public string? Cursor { get; init; }

    /// <summary>The filter and where the page begins, or what is wrong.</summary>
    public (AuditFilter Filter, PageCursor Cursor, IReadOnlyList<FieldProblem> Problems) Read()
    {
        List<FieldProblem> problems = [];
        var filter = new AuditFilter
        {
            Action = ReadText("action", Action, problems),
            Who = ReadText("who", Who, problems),
            Subject = ReadSubject(Subject, problems),
            Text = ReadText("q", Text, problems),
            From = ReadTime("from", From, problems),
            To = ReadTime("to", To, problems),
        };
        return (filter, new PageCursor(ReadId("cursor", Cursor, "must be the nextCursor of an earlier answer", problems), null), problems);
    }

    internal static long? ReadId(string name, string? value, string rule, List<FieldProblem> problems)
    {
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        if (long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0)
        {
            return id;
        }

        problems.Add(new FieldProblem(null, name, rule));
        return null;
    }

    private static string? ReadText(string name, string? value, List<FieldProblem> problems)
    {
        if (value is { Length: > 256 })
        {
            problems.Add(new FieldProblem(null, name, "must be at most 256 characters"));
        }
        else if (value?.Any(char.IsControl) == true)
        {
            problems.Add(new FieldProblem(null, name, "must not hold control characters"));
        }
        else if (value is { Length: > 0 } && string.IsNullOrWhiteSpace(value))
        {
            // Trimmed it would be no filter, and everything would be listed.
            problems.Add(new FieldProblem(null, name, "must not be blank"));
        }

        return string.IsNullOrEmpty(value) ? null : value;
    }

    private static AuditedSubject? ReadSubject(string? value, List<FieldProblem> problems)
    {
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        if (AuditedSubject.Parse(value) is { } subject)
        {
            return subject;
        }

        problems.Add(new FieldProblem(null, "subject", "must be a kind and an id such as slack-integration/3"));
        return null;
    }

    private static DateTimeOffset? ReadTime(string name, string? value, List<FieldProblem> problems)
    {
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        if (TimePeriod.Parse(null, value, null).From is { } moment)
        {
            return moment;
        }

        problems.Add(new FieldProblem(null, name, "must be a time such as 2026-01-31T08:00:00Z"));
        return null;
    }
}

/// <summary>The query string of <c>GET /api/audit/verify</c>.</summary>
internal sealed class ChainQuery
{
    [FromQuery(Name = "sequence"), Description("An endSequence of an earlier answer, to be given with its endHash as hash.")]
    public string? Sequence { get; init; }

    [FromQuery(Name = "hash"), Description("The endHash of that answer.")]
    public string? Hash { get; init; }

    /// <summary>What was noted down of an earlier end of the chain, or what is wrong.</summary>
    public ((long Sequence, string Hash)? Noted, IReadOnlyList<FieldProblem> Problems) Read()
    {
        List<FieldProblem> problems = [];
        var sequence = AuditQuery.ReadId("sequence", Sequence, "must be the endSequence of an earlier answer", problems);
        var isHash = Hash is { Length: 64 } && Hash.All(char.IsAsciiHexDigit);
        if (!string.IsNullOrEmpty(Hash) && !isHash)
        {
            problems.Add(new FieldProblem(null, "hash", "must be the endHash of an earlier answer"));
        }
        else if (problems.Count == 0 && sequence is null == isHash)
        {
            problems.Add(new FieldProblem(null, isHash ? "sequence" : "hash", "must be given where the other is"));
        }

        return (sequence is { } number && isHash ? (number, Hash!) : null, problems);
    }
}

/// <summary>The query string of an export: the page's, with a format.</summary>
internal sealed class AuditExportQuery
{
    [FromQuery(Name = "format")]
    public string? Format { get; init; }

    [FromQuery(Name = "action")]
    public string? Action { get; init; }

    [FromQuery(Name = "who")]
    public string? Who { get; init; }

    [FromQuery(Name = "subject")]
    public string? Subject { get; init; }

    [FromQuery(Name = "time")]
    public string? Period { get; init; }

    [FromQuery(Name = "from")]
    public string? From { get; init; }

    [FromQuery(Name = "to")]
    public string? To { get; init; }

    [FromQuery(Name = "q")]
    public string? Text { get; init; }

    public AuditFormat ReadFormat() => Format == AuditExport.EndingOf(AuditFormat.JsonLines) ? AuditFormat.JsonLines : AuditFormat.Csv;

    /// <summary>What the page with the same query shows.</summary>
    public AuditFilter ReadFilter(DateTimeOffset now) =>
        AuditAddress.Parse(name => name switch
        {
            "action" => Action,
            "who" => Who,
            "subject" => Subject,
            "time" => Period,
            "from" => From,
            "to" => To,
            "q" => Text,
            _ => null,
        }).ToFilter(now);
}
