using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.LiveForms;
using Notify.Admin.Shared;

namespace Notify.Admin.ChannelPages;

/// <summary>Maintenance that runs and that is planned. Live.</summary>
public sealed partial class MaintenancePage
{
    private IReadOnlyList<PlannedMaintenance>? _planned;
    private MaintenanceWindow? _changed;
    private bool _isOpen;
    private bool _isOutdated;

    [Inject]
    private MaintenanceService Maintenance { get; set; } = null!;

    [Inject]
    private IStringLocalizer<MaintenanceText> T { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    // Channels: how many have the tags.
    protected override IReadOnlyList<string> Areas => [ChangeAreas.Pauses, ChangeAreas.Channels];

    protected override async Task ReadAsync(CancellationToken cancellationToken) =>
        _planned = await Maintenance.ListAsync(Actor, cancellationToken);

    private void Open(MaintenanceWindow? changed) => (_changed, _isOpen) = (changed, true);

    private async Task<IReadOnlyList<FieldRefusal>> SaveAsync(MaintenanceRequest request)
    {
        var saved = _changed is { } changed
            ? await Maintenance.ChangeAsync(changed.Id, request, Actor, Stop, MaintenanceService.StateOf(changed))
            : await Maintenance.AddAsync(request, Actor, Stop);
        await LoadAsync();
        if (saved.IsOutdated)
        {
            // Whoever saves once more has read that it is another one now.
            var theirs = _planned?.FirstOrDefault(planned => planned.Window.Id == _changed!.Id)?.Window ?? _changed!;
            _changed = theirs;
            return [new FieldRefusal(nameof(MaintenanceRequest.Tag), "Outdated", theirs.By)];
        }

        return saved is { Id: null, Refusals.Count: 0 } ? [new FieldRefusal(nameof(MaintenanceRequest.Tag), "Gone")] : saved.Refusals;
    }

    private async Task EndAsync(MaintenanceWindow window)
    {
        var ended = await Maintenance.EndAsync(window.Id, Actor, Stop, MaintenanceService.StateOf(window));
        _isOutdated = ended.IsOutdated;
        await LoadAsync();
    }
}
