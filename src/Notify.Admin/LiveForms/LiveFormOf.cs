using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using Notify.Admin.Data;
using Notify.Admin.LivePages;
using Notify.Admin.Shared;

namespace Notify.Admin.LiveForms;

/// <summary>The form of a new or stored thing: it follows what others save, keeps what is typed over a restart, and asks before it
/// overwrites. A form gives it the table of its fields and its service.</summary>
public abstract partial class LiveForm<TStored, TModel> : LiveForm, IAsyncDisposable
    where TStored : class, IStored<TModel>
    where TModel : class, IFormModel<TModel>
{
    // Its token is read by what ends after the page: so the source is left to the collector, which has nothing to release.
    private readonly CancellationTokenSource _stop = new();
    private readonly List<IDisposable> _following = [];
    private ValidationMessageStore _messages = null!;
    private DraftKeeper<LiveDraft<TStored, TModel>>? _drafts;
    private TStored? _theirs;
    private (string Script, string Id)? _focus;

    [Inject]
    private FormDraftService Drafts { get; set; } = null!;

    [Inject]
    private ProvisionedMarks Files { get; set; } = null!;

    [Inject]
    private PageFeed Changes { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private ILoggerFactory Loggers { get; set; } = null!;

    [Inject]
    private IJSRuntime JS { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    [Inject]
    private IStringLocalizer<FormText> F { get; set; } = null!;

    /// <summary>Names the form in drafts and in the page: <c>slack-integration</c>.</summary>
    protected abstract string FormId { get; }

    protected abstract FormTable<TStored, TModel> Table { get; }

    /// <summary>What the trail calls such things; null where no configuration file keeps them.</summary>
    protected virtual string? SubjectKind => null;

    /// <summary>What it reads again when another area of <see cref="ChangeAreas"/> changes; a stored thing's own area reads the thing
    /// too, by <see cref="RefreshAsync"/>.</summary>
    protected abstract IReadOnlyList<(string Area, Func<Task> Read)> Follows { get; }

    /// <summary>What stands beside the form and changes all the time; it says whether there is something new to draw.</summary>
    protected virtual (string Area, Func<Task<bool>> Read)? Watches => null;

    protected EditContext Context { get; private set; } = null!;

    /// <summary>Null until it is loaded, and where there is no such thing; what the frame holds is drawn only after that.</summary>
    protected LiveEdit<TStored, TModel> Edit { get; private set; } = null!;

    /// <summary>Ends with the page.</summary>
    protected CancellationToken Stop => _stop.Token;

    internal override bool IsMissing => Edit is null;

    internal override string? StoredName => Edit.Original?.Values.Name;

    internal override int ChangeCount => Edit.CountChanges();

    internal override (string? By, DateTimeOffset At) Theirs => (_theirs!.ChangedBy, _theirs.ChangedAt);

    internal override bool HasNewer => Edit.Newer is not null && Conflicts.Count == 0;

    internal override string? NewerBy => Edit.Newer?.ChangedBy;

    public async ValueTask DisposeAsync()
    {
        _following.ForEach(following => following.Dispose());
        await _stop.CancelAsync();
        await (_drafts?.DisposeAsync() ?? ValueTask.CompletedTask);
        GC.SuppressFinalize(this);
    }

    protected abstract TModel Blank();

    protected abstract Task<TStored?> FindAsync(int id, CancellationToken cancellationToken);

    protected abstract Task<SaveResult<TStored>> SaveAsync(TStored? original, TModel model, CancellationToken cancellationToken);

    /// <summary>Deletes it.</summary>
    /// <returns>False where it was refused, and <see cref="LiveForm.Notice"/> says why.</returns>
    protected abstract Task<bool> DeleteAsync(int id, CancellationToken cancellationToken);

    protected abstract string AddressOf(int id);

    /// <summary>What is shown beside the fields.</summary>
    protected virtual Task LoadRestAsync() => Task.CompletedTask;

    protected virtual LiveEdit<TStored, TModel> Open(TStored? original, TModel? typed) => new(Table, original, Blank(), typed);

    /// <summary>What a new form starts with in place of a kept draft.</summary>
    protected virtual Task<(TModel Typed, FormNotice Notice)?> PrefillAsync() => Task.FromResult<(TModel, FormNotice)?>(null);

    /// <summary>The model is another object now, or a field of it was changed.</summary>
    /// <param name="field">Null for the whole model.</param>
    protected virtual Task OnModelChangedAsync(string? field) => Task.CompletedTask;

    /// <summary>Says why it cannot be saved yet, where more than a field is wrong.</summary>
    protected virtual Task<FormNotice?> RefuseAsync() => Task.FromResult<FormNotice?>(null);

    /// <summary>It has been saved.</summary>
    /// <param name="wasTested">What a test depends on has not been changed by it.</param>
    protected virtual Task OnSavedAsync(TStored saved, bool wasTested) => Task.CompletedTask;

    protected virtual FormNotice SayAdded() => new(Tone.Success, Words["Notice.Added"], Words["Notice.Added.Text"]);

    protected virtual FormNotice SaySaved(TStored saved) => new(Tone.Success, Words["Notice.Saved"], null, saved.ChangedAt);

    protected virtual string Explain(FieldRefusal refusal) =>
        refusal.Argument is { } argument ? Words[refusal.TextKey, argument] : Words[refusal.TextKey];

    /// <summary>What was typed into these fields was not accepted; the first of them is about to have the focus.</summary>
    protected virtual void OnRefused(IReadOnlyCollection<string> fields)
    {
    }

    protected bool IsChanged(string field) => Edit.IsChanged(field);

    protected bool HasError(string field) => Context.GetValidationMessages(new FieldIdentifier(Edit.Model, field)).Any();

    protected virtual void Show(VendorRefusal refusal) => ShowRefusals([(refusal.Field, refusal.Code)]);

    /// <summary>A field's value in words, for a conflict.</summary>
    /// <param name="value">Null: a secret that was left alone.</param>
    /// <param name="of">The model that it is a value of.</param>
    protected virtual string Say(string field, string? value, TModel of) => value switch
    {
        null => F["Conflict.SecretKept"],
        "" => "–",
        "true" => S["On"],
        "false" => S["Off"],
        _ => value,
    };

    /// <summary>What is stored of these fields, in words, secrets by their last characters.</summary>
    protected IReadOnlyList<FormFact> SayStored(IEnumerable<string> fields) => Edit.Original is not { } stored ? []
        : [.. fields.Select(field => new FormFact(Words[$"Field.{field}"], SayStored(field, stored)))];

    protected override async Task OnInitializedAsync()
    {
        Context = new EditContext(this);
        _messages = new ValidationMessageStore(Context);
        _drafts = new DraftKeeper<LiveDraft<TStored, TModel>>(
            Drafts, Time, Actor, $"{FormId}/{Id?.ToString(CultureInfo.InvariantCulture) ?? "new"}", Logger());
        foreach (var (area, read) in Follows)
        {
            Follow(area, async () =>
            {
                await read();
                return true;
            });
        }

        if (Watches is var (watched, look))
        {
            Follow(watched, look);
        }

        await LoadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focus is var (script, id))
        {
            _focus = null;
            await JS.InvokeVoidAsync(script, Stop, id);
        }
    }

    /// <summary>A field was changed by the person.</summary>
    /// <param name="field">The model's property.</param>
    protected async Task OnChangedAsync(string field)
    {
        _messages.Clear(new FieldIdentifier(Edit.Model, field));
        Context.NotifyValidationStateChanged();
        await OnModelChangedAsync(field);
        await CompareAgainAsync();
        Edit.Settle();
        await _drafts!.KeepAsync(Edit.ToDraft());
    }

    /// <summary>Scrolls to a part of the page.</summary>
    protected Task RevealAsync(string id) => JS.InvokeVoidAsync("notify.reveal", Stop, id).AsTask();

    internal override async Task DiscardAsync()
    {
        Edit.Discard();
        _messages.Clear();
        Context.NotifyValidationStateChanged();
        (Notice, Conflicts) = (null, []);
        await OnModelChangedAsync(null);
        StateHasChanged();
        await ForgetDraftAsync();
    }

    internal override Task ForgetDraftAsync() => _drafts!.ForgetAsync();

    private string SayStored(string field, TStored stored) =>
        Table.Fields.FirstOrDefault(known => known.Name == field) is { } text ? Say(field, text.Read(stored.Values), stored.Values)
            : Table.Secrets.First(secret => secret.Name == field).Tail(stored) ?? "–";

    private ILogger Logger() => Loggers.CreateLogger(GetType());

    private async Task LoadAsync()
    {
        var stored = Id is { } id ? await FindAsync(id, Stop) : null;
        await FindFileAsync();
        if (Id is null || stored is not null)
        {
            Edit = Open(stored, null);
            if (MayEdit)
            {
                await RestoreAsync(stored);
            }

            await LoadRestAsync();
            await OnModelChangedAsync(null);
            Notice ??= IsJustAdded ? SayAdded() : null;
        }

        IsLoaded = true;
    }

    private async Task FindFileAsync() =>
        Provisioned = SubjectKind is { } kind && Id is { } id ? await Files.FindAsync(kind, id, Stop) : null;

    private async Task RestoreAsync(TStored? stored)
    {
        if (await PrefillAsync() is var (typed, notice))
        {
            (Edit, Notice) = (Open(null, typed), notice);
            return;
        }

        if (await _drafts!.LoadAsync(Stop) is not { } draft || (draft.Model.Original is null) != (stored is null))
        {
            return;
        }

        var edit = Open(draft.Model.Original, draft.Model.Typed);
        if (stored is not null)
        {
            edit.Take(stored);
        }

        if (edit.IsDirty || draft.Model.HadSecret)
        {
            Edit = edit;
            Notice = new FormNotice(
                Tone.Info, F["Restored"], F[draft.Model.HadSecret ? "Restored.Secret" : "Restored.Text"], draft.SavedAt);
        }
    }

    private void Follow(string area, Func<Task<bool>> read) => _following.Add(
        Changes.Follow([area], () => InvokeAsync(() => ReadAgainAsync(read)), DispatchExceptionAsync));

    private async Task ReadAgainAsync(Func<Task<bool>> read)
    {
        try
        {
            if (!Stop.IsCancellationRequested && await read())
            {
                await Changes.DrawAsync(StateHasChanged);
            }
        }
        catch (OperationCanceledException) when (Stop.IsCancellationRequested)
        {
            // The page is gone.
        }
    }
}
