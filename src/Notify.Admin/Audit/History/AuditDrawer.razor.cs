using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Security;

namespace Notify.Admin.Audit;

/// <summary>Shows one entry, and takes it back where that is possible.</summary>
public sealed partial class AuditDrawer : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private AuditEntry? _entry;
    private IReadOnlyList<FieldChange> _changes = [];
    private RevertPlan? _plan;
    private RevertResult? _reverted;
    private (long? Id, int Version) _shown;
    private bool _missing;

    [Inject]
    private AuditService Audit { get; set; } = null!;

    [Inject]
    private AuditRevertService Reverts { get; set; } = null!;

    [Inject]
    private IStringLocalizer<AuditText> T { get; set; } = null!;

    /// <summary>Null closes it.</summary>
    [Parameter]
    public long? Id { get; set; }

    /// <summary>Another number reads the entry again.</summary>
    [Parameter]
    public int Version { get; set; }

    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    [Parameter]
    public EventCallback OnClosed { get; set; }

    /// <summary>Beside the title: the way to the rows around it.</summary>
    [Parameter]
    public RenderFragment? Aside { get; set; }

    public void Dispose() => _stop.Cancel();

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == (Id, Version))
        {
            return;
        }

        if (_shown.Id != Id)
        {
            (_entry, _plan, _reverted, _missing) = (null, null, null, false);
        }

        _shown = (Id, Version);
        if (Id is { } id)
        {
            await LoadAsync(id);
        }
    }

    private async Task LoadAsync(long id)
    {
        try
        {
            var entry = await Audit.FindAsync(id, Actor, _stop.Token);
            var plan = entry is null ? null : await Reverts.PlanAsync(entry, Actor, _stop.Token);
            if (Id == id)
            {
                (_entry, _plan, _missing) = (entry, plan, entry is null);
                _changes = entry is null ? [] : AuditTrail.ChangesOf(entry);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The page is gone.
        }
    }

    private async Task RevertAsync()
    {
        if (_entry is { } entry)
        {
            _reverted = await Reverts.RevertAsync(entry.Id, Actor, CancellationToken.None);
            await LoadAsync(entry.Id);
        }
    }
}
