using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.LiveForms;

/// <summary>What a form of any kind is to its frame: what has happened to it, and what can be done with it as a whole.</summary>
public abstract class LiveForm : ComponentBase
{
    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>The stored thing; null for a new one.</summary>
    [Parameter]
    public int? Id { get; set; }

    /// <summary>It has just been added: says what to do next.</summary>
    [Parameter]
    public bool IsJustAdded { get; set; }

    /// <summary>The feature's texts; those that every form needs have the same keys everywhere.</summary>
    protected internal abstract IStringLocalizer Words { get; }

    protected internal abstract string ListAddress { get; }

    /// <summary>The configuration file that it comes from; null where it comes from none.</summary>
    protected internal ProvisionedObject? Provisioned { get; private protected set; }

    protected internal bool MayEdit => Actor.May(Policies.Edit) && Provisioned is not { IsEditable: false };

    protected bool MayOperate => Actor.May(Policies.Operate);

    /// <summary>Nothing can be typed: the role does not allow it, it is kept as a file has it, or it has been deleted.</summary>
    protected bool IsLocked => !MayEdit || IsGone;

    internal bool IsLoaded { get; private protected set; }

    /// <summary>There is no such thing.</summary>
    internal abstract bool IsMissing { get; }

    /// <summary>Somebody has deleted it while the form was open.</summary>
    protected internal bool IsGone { get; private protected set; }

    protected internal bool IsSaving { get; private protected set; }

    /// <summary>What is stored is called this; null for a new thing.</summary>
    internal abstract string? StoredName { get; }

    internal abstract int ChangeCount { get; }

    /// <summary>What has happened to the form, until it is dismissed or something else happens.</summary>
    protected internal FormNotice? Notice { get; set; }

    /// <summary>The fields to decide about before anything can be saved.</summary>
    internal IReadOnlyList<ConflictField> Conflicts { get; private protected set; } = [];

    /// <summary>Who saved what the conflict is about, and when.</summary>
    internal abstract (string? By, DateTimeOffset At) Theirs { get; }

    /// <summary>Somebody has saved what would be overwritten, and nobody has looked at it yet.</summary>
    internal abstract bool HasNewer { get; }

    internal abstract string? NewerBy { get; }

    internal abstract string SayTheirs(ConflictField field);

    internal abstract string SayMine(ConflictField field);

    internal abstract void CompareWithNewer();

    internal abstract void CancelConflict();

    internal abstract Task ResolveAsync(IReadOnlySet<string> keepMine);

    internal abstract Task DiscardAsync();

    internal abstract Task DeleteAsync();

    internal abstract Task ForgetDraftAsync();
}

/// <summary>One setting in words.</summary>
public sealed record FormFact(string Label, string Value);

/// <summary>What has happened to a form.</summary>
public sealed record FormNotice(Tone Tone, string Title, string? Text = null, DateTimeOffset? At = null, string? Code = null);
