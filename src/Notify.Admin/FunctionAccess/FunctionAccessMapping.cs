using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Notify.Admin.Data;
using Notify.Admin.SlackWorkspaces;

namespace Notify.Admin.FunctionAccess;

internal sealed class ManagedFunctionMapping : IEntityTypeConfiguration<ManagedFunction>
{
    public void Configure(EntityTypeBuilder<ManagedFunction> builder)
    {
        builder.ToTable("ManagedFunctions");
        builder.Property(f => f.Name).HasMaxLength(128);
        builder.Property(f => f.Key).HasMaxLength(256);
        builder.Property(f => f.FunctionId).HasMaxLength(128);
        builder.Property(f => f.CallbackId).HasMaxLength(128);
        builder.Property(f => f.AppId).HasMaxLength(128);
        builder.Property(f => f.Wanted).AsJson();
        builder.Property(f => f.Now).AsJson();
        builder.Property(f => f.ErrorCode).HasForeignLine(128);
        builder.Property(f => f.ErrorDetail).HasForeignLine(1024);
        builder.Property(f => f.NowType).HasForeignLine(64);
        builder.Property(f => f.ToldBasis).HasMaxLength(64);
        builder.Property(f => f.LastChangeBy).HasMaxLength(256);
        builder.Property(f => f.CreatedBy).HasMaxLength(256);
        builder.Ignore(f => f.IsDrifted);
        builder.HasIndex(f => new { f.WorkspaceId, f.Key }).IsUnique();
        builder.HasIndex(f => f.CheckDueAt);
        builder.IsListed();

        // A workspace in use is not deleted; see FunctionsOfWorkspace.
        builder.HasOne<SlackWorkspace>().WithMany().HasForeignKey(f => f.WorkspaceId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class AccessRunMapping : IEntityTypeConfiguration<AccessRun>
{
    public void Configure(EntityTypeBuilder<AccessRun> builder)
    {
        builder.ToTable("AccessRuns");
        builder.Property(r => r.Wanted).AsJson();
        builder.Property(r => r.Before).AsJson();
        builder.Property(r => r.After).AsJson();
        builder.Property(r => r.Steps).AsJson();
        builder.Property(r => r.Remaining).AsJson();
        builder.Property(r => r.Basis).HasMaxLength(64);
        builder.Property(r => r.Code).HasForeignLine(128);
        builder.Property(r => r.Detail).HasForeignLine(2048);
        builder.Property(r => r.StartedBy).HasMaxLength(256);
        builder.Property(r => r.StartedById).HasMaxLength(450);
        builder.Property(r => r.Origin).HasMaxLength(128);
        builder.Ignore(r => r.IsOpen);
        builder.HasIndex(r => new { r.State, r.Id });
        builder.HasIndex(r => new { r.FunctionId, r.Id });
        builder.HasIndex(r => r.BulkId);
        builder.HasOne<ManagedFunction>().WithMany().HasForeignKey(r => r.FunctionId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal static class JsonColumns
{
    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>A value that is written whole and never looked into by a query.</summary>
    public static void AsJson<T>(this PropertyBuilder<T> property) => property.HasConversion(
        value => JsonSerializer.Serialize(value, Json),
        text => JsonSerializer.Deserialize<T>(text, Json)!,
        new ValueComparer<T>((one, other) => ReferenceEquals(one, other), value => value == null
        ? 0 : value.GetHashCode(), value => value));
}
