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

    private AuditFilter Filter => Address.ToFilter(Now);

    protected internal override long IdOf(AuditEntry row) => row.Id;

    protected override async Task<HistoryList<AuditEntry>> ListAsync(CancellationToken cancellationToken)
    {
        _choices = await Audit.ChoicesAsync(Actor!, cancellationToken);
        return await Audit.ListAsync(Filter, Address.Cursor, PageSize, Actor!, cancellationToken);
    }

    // Rows get their seals in place.
    protected override Task<IReadOnlyList<AuditEntry>> ReadAgainAsync(
        IReadOnlyList<AuditEntry> rows, CancellationToken cancellationToken) =>
        Audit.RefreshAsync([.. rows.Select(row => row.Id)], Actor!, cancellationToken);

    protected override Task<int> CountNewAsync(long above, CancellationToken cancellationToken) =>
        Audit.CountNewAsync(Filter, above, Actor!, cancellationToken);
}
