using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Notify.Admin.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class DeliveryParts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Deliveries_ChannelKind_ChannelId_State_Id",
                table: "Deliveries");

            migrationBuilder.AddColumn<bool>(
                name: "IsInSmallPart",
                table: "Deliveries",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateIndex(
                name: "IX_Deliveries_IsInSmallPart_ChannelKind_ChannelId_State_Id",
                table: "Deliveries",
                columns: new[] { "IsInSmallPart", "ChannelKind", "ChannelId", "State", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Deliveries_IsInSmallPart_ChannelKind_ChannelId_State_Id",
                table: "Deliveries");

            migrationBuilder.DropColumn(
                name: "IsInSmallPart",
                table: "Deliveries");

            migrationBuilder.CreateIndex(
                name: "IX_Deliveries_ChannelKind_ChannelId_State_Id",
                table: "Deliveries",
                columns: new[] { "ChannelKind", "ChannelId", "State", "Id" });
        }
    }
}
