using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Notify.Admin.Audit;
using Notify.Admin.Channels;
using Notify.Admin.Deliveries;
using Notify.Admin.Events;

namespace Notify.Admin.Data;

/// <summary>The model on SqlServer; owns the migrations in <c>Migrations/SqlServer</c>.</summary>
public sealed class SqlServerNotifyDbContext(DbContextOptions<SqlServerNotifyDbContext> options) : NotifyDbContext(options)
{
    /// <summary>Every column of text compares ordinally, as in the other stores: a database's default takes <c>C0ALERTs01</c> for
    /// <c>C0ALERTS01</c>. Searches without regard to case say so themselves.</summary>
    public const string Collation = "Latin1_General_100_BIN2";

    /// <summary>Gives events their ids, many at once. No identity: rows that are copied in bring theirs with them.</summary>
    public const string EventIds = "EventIds";

    // The framework's keys would be nvarchar(450) each, and a clustered key has 900 bytes.
    private const int LongestKey = 128;

    // What OpenID Connect allows a subject to be.
    private const int LongestProviderKey = 255;

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        SqlServerPropertyBuilderExtensions.UseSequence(builder.Entity<IncomingEvent>().Property(e => e.Id), EventIds);
        // Ordinal, so that a range of the index is a prefix.
        builder.Entity<IncomingEvent>().Property(e => e.EventIdHead)
            .HasComputedColumnSql($"LEFT([EventId], {IncomingEvent.HeadLength}) COLLATE {Collation}", stored: true);
        // Brackets: sqlcmd reads quotes as text.
        builder.Entity<Delivery>().HasIndex(d => new { d.ChannelKind, d.ChannelId, d.Severity, d.Id })
            .HasFilter($"[State] = {(int)DeliveryState.Waiting}");
        builder.Entity<Delivery>().HasIndex(d => d.RepeatOf).HasFilter("[RepeatOf] IS NOT NULL");
        builder.Entity<IncomingEvent>().HasIndex(e => new { e.SourceId, e.Id }).HasFilter($"[Type] = N'{UnmappedEvent.Type}'");
        // Whole: what an index leaves out, the server may not see that a comparison does not want.
        builder.Entity<IncomingEvent>().HasIndex(e => new { e.ProblemMark, e.Id }).HasFilter(null);
        builder.Entity<IncomingEvent>().HasIndex(e => new { e.TitleMark, e.Id }).HasFilter(null);
        // The unique index of a column that may be null leaves the nulls out here: what waits to be sealed has an index of its own.
        builder.Entity<AuditEntry>().HasIndex(e => e.Id, "IX_AuditEntries_Unsealed").HasFilter("[Sequence] IS NULL");
        // A credential's id may have 1,023 bytes.
        builder.Entity<IdentityUserPasskey<string>>().HasKey(p => p.CredentialId).IsClustered(false);
        foreach (var property in builder.Model.GetEntityTypes().Where(type => !type.IsMappedToJson())
            .SelectMany(type => type.GetDeclaredProperties()))
        {
            if ((property.GetValueConverter()?.ProviderClrType ?? property.GetProviderClrType() ?? property.ClrType) != typeof(string))
            {
                continue;
            }

            if (property.GetComputedColumnSql() is null)
            {
                property.SetCollation(Collation);
            }

            if ((property.IsKey() || property.IsForeignKey()) && property.GetMaxLength() is null or > LongestKey)
            {
                property.SetMaxLength(property.Name == nameof(IdentityUserLogin<string>.ProviderKey) ? LongestProviderKey : LongestKey);
            }
        }
    }
}

/// <summary>Lets <c>dotnet ef</c> build the model without a server.</summary>
internal sealed class SqlServerDesignTimeFactory : IDesignTimeDbContextFactory<SqlServerNotifyDbContext>
{
    public SqlServerNotifyDbContext CreateDbContext(string[] args)
    {
        return new(new DbContextOptionsBuilder<SqlServerNotifyDbContext>()
            .UseSqlServer("Server=localhost", server => server.UseCompatibilityLevel(ProviderContextFactory.SqlServerLevel)).Options);
    }
}
