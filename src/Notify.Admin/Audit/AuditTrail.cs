using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Notify.Admin.Security;

namespace Notify.Admin.Audit;

/// <summary>One field's change. A secret's values are its last four characters.</summary>
public sealed record FieldChange(string Field, string? Before, string? After);

/// <summary>What an entry is about.</summary>
public sealed record AuditSubject(string Kind, string? Id, string? Name);

/// <summary>Makes audit entries; the store saves them in the transaction of the change they describe.</summary>
public sealed class AuditTrail(TimeProvider time)
{
    // Repeats are counted for a minute; the rest is for instances whose clocks differ.
    private static readonly TimeSpan OpenFor = TimeSpan.FromSeconds(70);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="action">A dotted verb: <c>slack-integration.update</c>.</param>
    /// <param name="changes">Only the fields that changed.</param>
    public AuditEntry Entry(Actor actor, string action, AuditSubject subject, IReadOnlyCollection<FieldChange>? changes = null,
        AuditResult result = AuditResult.Done) => new()
        {
            At = time.GetUtcNow(),
            UserId = actor.UserId,
            ActorName = ForeignText.Line(actor.Name, 256),
            Origin = ForeignText.Line(actor.Origin, 128),
            Action = action,
            SubjectKind = subject.Kind,
            SubjectId = ForeignText.Line(subject.Id, 450),
            SubjectName = ForeignText.Line(subject.Name, 256),
            Result = result,
            Changes = changes is { Count: > 0 } ? JsonSerializer.Serialize(changes, Json) : null,
        };

    /// <summary>An entry for what somebody can cause at will: <see cref="AuditRepeats"/> counts its repeats within a minute in one
    /// row.</summary>
    /// <param name="source">Where from, as limits count it: a network rather than an address.</param>
    public AuditEntry Repeated(Actor actor, string action, AuditSubject subject, IReadOnlyCollection<FieldChange> changes,
        AuditResult result, string source)
    {
        var entry = Entry(actor, action, subject, changes, result);
        var minute = entry.At.UtcTicks - (entry.At.UtcTicks % TimeSpan.TicksPerMinute);
        var key = string.Join('\n', minute, source, action, actor.UserId, subject.Id, result, entry.Changes);
        return entry.Again(1, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key))),
            new DateTimeOffset(minute, TimeSpan.Zero) + OpenFor);
    }

    /// <summary>What an entry says by field; empty where it says nothing, or nothing that can be read.</summary>
    public static IReadOnlyList<FieldChange> ChangesOf(AuditEntry entry)
    {
        try
        {
            return entry.Changes is { } json ? JsonSerializer.Deserialize<IReadOnlyList<FieldChange>>(json, Json) ?? [] : [];
        }
        catch (JsonException)
        {
            // Somebody wrote into the table; the check of the chain says so.
            return [];
        }
    }

    /// <summary>The fields whose values differ between two states of one subject.</summary>
    public static IReadOnlyList<FieldChange> Difference(IReadOnlyDictionary<string, string?> before, IReadOnlyDictionary<string,
        string?> after) =>
        [.. before.Keys.Union(after.Keys)
            .Select(field => new FieldChange(field, before.GetValueOrDefault(field), after.GetValueOrDefault(field)))
            .Where(change => change.Before != change.After)];
}
