using Notify.Admin.Shared;
using Notify.Admin.Slack;

namespace Notify.Admin.FunctionAccess;

/// <summary>A managed function as the list shows it.</summary>
public sealed record FunctionRow(
    int Id,
    int WorkspaceId,
    string Name,
    string? FunctionId,
    string? CallbackId,
    string? AppId,
    string? NowType,
    int NowUsers,
    int NowTeams,
    int NowOrgs,
    DateTimeOffset? ReadAt,
    string? ErrorCode,
    DateTimeOffset? DriftedAt,
    DateTimeOffset? LastChangeAt,
    string? LastChangeBy)
{
    /// <summary>A change is being made.</summary>
    public bool IsChanging { get; init; }

    public FunctionName ToName() => new(FunctionId, CallbackId, AppId);

    public bool Matches(string? text)
    {
        var own = FoldedText.Of($"{Name} {FunctionId} {CallbackId} {AppId}");
        return FoldedText.Of(SlackIds.Function(text)).Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .All(word => own.Contains(word, StringComparison.Ordinal));
    }
}

/// <summary>A workspace that access lists can be managed in.</summary>
public sealed record AccessWorkspace(int Id, string Name, bool CanManage);

/// <summary>One change, as history shows it: without its calls.</summary>
public sealed record HistoryEntry(
    long Id, AccessRunKind Kind, AccessRunState State, AccessList Wanted, AccessList? Before, AccessList? After, string? Code,
    string? Detail,
    AccessRemainder? Remaining, string StartedBy, string Origin, DateTimeOffset CreatedAt, DateTimeOffset? EndedAt, int Calls);
