using Notify.Admin.Data;

namespace Notify.Admin.FunctionAccess;

/// <summary>A function whose access list is managed here: what is wanted, and what Slack had when it was last read.</summary>
public sealed class ManagedFunction : IListed
{
    public int Id { get; init; }

    public int WorkspaceId { get; init; }

    public required string Name { get; set; }

    /// <summary><see cref="FunctionName.Key"/>; unique in a workspace.</summary>
    public required string Key { get; init; }

    public string? FunctionId { get; init; }

    public string? CallbackId { get; init; }

    public string? AppId { get; init; }

    public required AccessList Wanted { get; set; }

    /// <summary>The last list that was read; null until one was.</summary>
    public AccessList? Now { get; private set; }

    /// <summary>When Slack was last asked, whether or not it answered.</summary>
    public DateTimeOffset? ReadAt { get; private set; }

    /// <summary>What the last reading was refused with; null when it was answered.</summary>
    public string? ErrorCode { get; private set; }

    public string? ErrorDetail { get; private set; }

    // What the list shows, so that it need not read the lists of a thousand functions.
    public string? NowType { get; private set; }

    public int NowUsers { get; private set; }

    public int NowTeams { get; private set; }

    public int NowOrgs { get; private set; }

    /// <summary>Since when Slack has another list than the wanted one; null while both are the same.</summary>
    public DateTimeOffset? DriftedAt { get; private set; }

    /// <summary>Fingerprint of the drifted list that was told about, so that it is told once.</summary>
    public string? ToldBasis { get; set; }

    /// <summary>When Slack is looked at next; null where nothing is planned.</summary>
    public DateTimeOffset? CheckDueAt { get; set; }

    public DateTimeOffset? LastChangeAt { get; set; }

    public string? LastChangeBy { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    /// <inheritdoc/>
    public string SortName { get => ListedText.ToSort(Name); private set => _ = value; }

    /// <inheritdoc/>
    public string SearchText { get => ListedText.ToSearch(Name, FunctionId, CallbackId, AppId); private set => _ = value; }

    public FunctionName ToName() => new(FunctionId, CallbackId, AppId);

    public bool IsDrifted => DriftedAt is not null;

    /// <summary>Slack has answered with its list.</summary>
    public void Seen(AccessList list, DateTimeOffset at)
    {
        (Now, ReadAt, ErrorCode, ErrorDetail) = (list, at, null, null);
        (NowType, NowUsers, NowTeams, NowOrgs) = (list.PermissionType, list.NamedUsers.Count, list.NamedTeams.Count, list.NamedOrgs.Count);
        Compare(at);
    }

    /// <summary>Slack has refused to show its list, or could not be reached. What was seen before stays, as the last that is
    /// known.</summary>
    public void Refused(string code, string? detail, DateTimeOffset at) => (ReadAt, ErrorCode, ErrorDetail) = (at, code, detail);

    /// <summary>Another list is wanted from now on.</summary>
    public void Want(AccessList list, string by, DateTimeOffset at)
    {
        (Wanted, LastChangeAt, LastChangeBy) = (list, at, by);
        Compare(at);
    }

    private void Compare(DateTimeOffset at)
    {
        if (Now is null || Now.SameAs(Wanted))
        {
            (DriftedAt, ToldBasis) = (null, null);
        }
        else
        {
            DriftedAt ??= at;
        }
    }
}
