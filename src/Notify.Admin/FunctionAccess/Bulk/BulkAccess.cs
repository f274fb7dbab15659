using Notify.Admin.Shared;

namespace Notify.Admin.FunctionAccess;

/// <summary>What is done to many functions at once.</summary>
public enum BulkKind
{
    /// <summary>A joiner: the person is added to each list.</summary>
    Give = 1,

    /// <summary>A leaver: the person is taken off each list.</summary>
    Take = 2,

    /// <summary>Each list becomes that of one function.</summary>
    Copy = 3,
}

/// <summary>Why a function is left out of a change of many.</summary>
public enum BulkSkip
{
    /// <summary>It already is as it would be.</summary>
    Nothing = 1,

    /// <summary>Slack has another list than the wanted one: that is to be settled first.</summary>
    Drifted = 2,

    /// <summary>Its list was never read, or cannot be.</summary>
    Unread = 3,

    /// <summary>Everyone has access: no list names the person.</summary>
    Everyone = 4,

    /// <summary>The app's collaborators have access: they are changed in the app.</summary>
    Collaborators = 5,

    /// <summary>Its type cannot be set.</summary>
    System = 6,

    /// <summary>It belongs to another workspace.</summary>
    OtherWorkspace = 7,

    /// <summary>A change of it is under way.</summary>
    Changing = 8,
}

/// <summary>What would happen to one function.</summary>
/// <param name="Plan">Null where it is left out.</param>
public sealed record BulkLine(int FunctionId, int WorkspaceId, string Name, AccessPlan? Plan, BulkSkip? Skip)
{
    public bool Matches(string? text) => FoldedText.Of(Name).Contains(FoldedText.Of(text?.Trim()), StringComparison.Ordinal);
}

/// <summary>A change of many that was begun.</summary>
/// <param name="Id">What its runs are found by.</param>
/// <param name="Begun">How many lists are being changed.</param>
/// <param name="Busy">Functions that another change had begun on since they were planned: left as they are.</param>
public sealed record BulkStart(Guid Id, int Begun, IReadOnlyList<string> Busy);

/// <summary>One list of a change of many, as its progress shows it.</summary>
public sealed record BulkRun(long Id, int FunctionId, AccessRunState State, string? Code, string? Detail, AccessRemainder? Remaining,
    int CallsAhead, DateTimeOffset? WaitingUntil)
{
    public bool IsOpen => State == AccessRunState.Open;
}

/// <summary>Decides what a change of many does to each. Pure.</summary>
internal static class BulkAccess
{
    /// <summary>The wanted list with or without a person, or why there is none.</summary>
    public static (AccessList? Wanted, BulkSkip? Skip) WithPerson(ManagedFunction function, AccessUser user, bool gives)
    {
        if (Unsettled(function) is { } unsettled)
        {
            return (null, unsettled);
        }

        var wanted = function.Wanted;
        if (!wanted.IsNamed)
        {
            return (null, wanted.PermissionType switch
            {
                PermissionTypes.Everyone => BulkSkip.Everyone,
                PermissionTypes.AppCollaborators => BulkSkip.Collaborators,
                _ => BulkSkip.System,
            });
        }

        var others = wanted.Users.Where(other => other.UserId != user.UserId).ToList();
        return gives == others.Count < wanted.Users.Count ? (null, BulkSkip.Nothing)
            : (wanted with { Users = gives ? [.. wanted.Users, user] : others }, null);
    }

    /// <summary>The list of another function, or why it is not taken.</summary>
    public static (AccessList? Wanted, BulkSkip? Skip) CopyOf(ManagedFunction function, ManagedFunction source) =>
        function.WorkspaceId != source.WorkspaceId ? (null, BulkSkip.OtherWorkspace) : WithList(function, source.Wanted);

    /// <summary>A list from elsewhere, or why it is not taken.</summary>
    public static (AccessList? Wanted, BulkSkip? Skip) WithList(ManagedFunction function, AccessList list) =>
        Unsettled(function) is { } unsettled ? (null, unsettled)
        : function.Wanted.SameAs(list) ? (null, BulkSkip.Nothing)
        : !PermissionTypes.IsSettable(list.PermissionType) ? (null, BulkSkip.System)
        : (list.IsNamed ? list : AccessList.Of(list.PermissionType), null);

    private static BulkSkip? Unsettled(ManagedFunction function) =>
        function.Now is null || function.ErrorCode is not null ? BulkSkip.Unread : function.IsDrifted ? BulkSkip.Drifted : null;
}
