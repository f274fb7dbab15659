using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Data;
using Notify.Admin.LivePages;

namespace Notify.Admin.Audit;

/// <summary>Who did what, live.</summary>
public sealed partial class AuditPage
{
    private AuditChoices _choices = AuditChoices.None;

    [Inject]
    private AuditService Audit { get; set; } = null!;

    [Inject]
    private IStringLocalizer<AuditText> T { get; set; } = null!;

    protected internal override IStringLocalizer Words => T;

    protected override string Area => ChangeAreas.Audit;

    protected internal override long IdOf(AuditEntry row) => row.Id;

    protected override Task<HistoryList<AuditEntry>> ListAsync(AuditAddress address, CancellationToken cancellationToken) =>
        Audit.ListAsync(address.ToFilter(Now), address.Cursor, PageSize, Actor!, cancellationToken);

    protected override async Task ReadBesideAsync(CancellationToken cancellationToken) =>
        _choices = await Audit.ChoicesAsync(Actor!, cancellationToken);

    // Rows get their seals in place.
    protected override Task<IReadOnlyList<AuditEntry>> ReadAgainAsync(
        IReadOnlyList<AuditEntry> rows, CancellationToken cancellationToken) =>
        Audit.RefreshAsync([.. rows.Select(row => row.Id)], Actor!, cancellationToken);

    protected override Task<int> CountNewAsync(AuditAddress address, long above, CancellationToken cancellationToken) =>
        Audit.CountNewAsync(address.ToFilter(Now), above, Actor!, cancellationToken);
}
