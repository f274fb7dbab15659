using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Notify.Admin.Channels;

namespace Notify.Admin.Deliveries;

internal sealed class DeliveryMapping : IEntityTypeConfiguration<Delivery>
{
    public void Configure(EntityTypeBuilder<Delivery> builder)
    {
        builder.ToTable("Deliveries");
        builder.Property(d => d.MatchReason).HasMaxLength(128);
        builder.Property(d => d.Code).HasMaxLength(64);
        builder.Property(d => d.RequestedBy).HasMaxLength(256);
        builder.HasIndex(d => new { d.EventRowId, d.ChannelKind, d.ChannelId }).IsUnique();
        // A lane's open deliveries, and the lists' filters by channel and by state. Both end in the primary key, which lists page by: a
        // list of several states merges one range per state. SQLite's context has another in its place.
        builder.HasIndex(d => new { d.ChannelKind, d.ChannelId, d.State, d.Id });
        builder.HasIndex(d => new { d.State, d.Id });
        // What a lane sends next, however much waits.
        builder.HasIndex(d => new { d.ChannelKind, d.ChannelId, d.Severity, d.Id }).IsDescending(false, false, true, false)
            .HasFilter($"\"State\" = {(int)DeliveryState.Waiting}");
        // The index holds repeats only.
        builder.HasIndex(d => d.RepeatOf).HasFilter("\"RepeatOf\" IS NOT NULL");
        builder.HasOne<IncomingEvent>().WithMany().HasForeignKey(d => d.EventRowId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class MessageMapping : IEntityTypeConfiguration<Message>
{
    public void Configure(EntityTypeBuilder<Message> builder)
    {
        builder.ToTable("Messages");
        builder.Property(m => m.ShortId).HasMaxLength(32);
        builder.Property(m => m.RequestedBy).HasMaxLength(256);
        builder.Property(m => m.VendorMessageId).HasMaxLength(64);
        builder.Property(m => m.VendorChannelId).HasMaxLength(64);
        builder.HasIndex(m => new { m.ChannelKind, m.ChannelId, m.Id });
    }
}

internal sealed class MessageDeliveryMapping : IEntityTypeConfiguration<MessageDelivery>
{
    public void Configure(EntityTypeBuilder<MessageDelivery> builder)
    {
        builder.ToTable("MessageDeliveries").HasKey(m => new { m.DeliveryId, m.MessageId });
        builder.HasOne<Delivery>().WithMany().HasForeignKey(m => m.DeliveryId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Message>().WithMany().HasForeignKey(m => m.MessageId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class AttemptMapping : IEntityTypeConfiguration<Attempt>
{
    public void Configure(EntityTypeBuilder<Attempt> builder)
    {
        builder.ToTable("Attempts");
        builder.Property(a => a.Code).HasMaxLength(64);
        builder.Property(a => a.Detail).HasMaxLength(1024);
        // The last hours of all channels, for their health.
        builder.HasIndex(a => a.StartedAt);
        builder.HasOne<Message>().WithMany().HasForeignKey(a => a.MessageId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class AcknowledgementMapping : IEntityTypeConfiguration<Acknowledgement>
{
    public void Configure(EntityTypeBuilder<Acknowledgement> builder)
    {
        builder.ToTable("Acknowledgements").HasKey(a => a.MessageId);
        builder.Property(a => a.MessageId).ValueGeneratedNever();
        builder.Property(a => a.By).HasMaxLength(256);
        builder.Property(a => a.UserId).HasMaxLength(450);
        // What a lane has yet to show.
        builder.HasIndex(a => new { a.ChannelKind, a.ChannelId, a.IsShown });
        builder.HasOne<Message>().WithOne().HasForeignKey<Acknowledgement>(a => a.MessageId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ProblemMessageMapping : IEntityTypeConfiguration<ProblemMessage>
{
    public void Configure(EntityTypeBuilder<ProblemMessage> builder)
    {
        builder.ToTable("ProblemMessages").HasKey(p => p.MessageId);
        builder.Property(p => p.MessageId).ValueGeneratedNever();
        builder.Property(p => p.Problem).HasMaxLength(EventProblem.KeyLength);
        // What a channel was told of a problem, newest last.
        builder.HasIndex(p => new { p.ChannelKind, p.ChannelId, p.Problem, p.MessageId });
        builder.HasOne<Message>().WithOne().HasForeignKey<ProblemMessage>(p => p.MessageId).OnDelete(DeleteBehavior.Cascade);
    }
}
